/**
 * The time zone of this browser, put into a field that still holds the zone nobody chose.
 */
for (const field of document.querySelectorAll("input[data-browser-zone]")) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone && field.value === field.dataset.browserZone) {
    field.value = zone;
  }
}
