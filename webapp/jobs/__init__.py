"""Long work, done beside the pages: each job in a child process with limits, kept alive by a lease.

`kinds` says what there is to do, `child` does it, `worker` watches over it. The child knows no database: it is given
plain arguments and says plain results, which the watcher files in one transaction with the end of the job. A queue of
another make (Celery) takes the place of `worker` alone: `worker.perform` is the body of its task.
"""
