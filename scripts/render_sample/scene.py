"""The room, its light and the camera: vtk renders the posed figure off screen."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import vtk
from numpy.typing import NDArray
from vtk.util.numpy_support import numpy_to_vtk, numpy_to_vtkIdTypeArray, vtk_to_numpy

from .mesh import Floats, Ints, Mesh, normals
from .pose import Posed

Image = NDArray[np.uint8]

OVERSAMPLING = 2
FLOOR_M = 6.0  # side of the square floor texture
FLOOR_PX = 1024
SHADOW_PX = 512  # shadows are soft: a coarser grid will do
SHADOW_DEPTH = (0.30, 0.33, 0.36)  # how much of red, green and blue the figure takes away
WALL_M = 1.15  # from the figure to the wall behind it
KEY_LIGHT = np.array([-0.60, 0.75, 1.30])  # to the window: right, towards the camera, up


@dataclass(frozen=True)
class View:
    """Where the camera stands.

    Attributes:
        bearing_deg: 0 looks at the front, 90 at the body's left side.
        distance_m, height_m: camera from the figure, and above the floor.
        look_m: (sideways to the right of the picture, above the floor) of the picture's middle.
        angle_deg: vertical opening.
        mat_m: the exercise mat, (across the picture, away from the camera).
    """

    bearing_deg: float
    distance_m: float
    height_m: float
    look_m: tuple[float, float]
    angle_deg: float
    mat_m: tuple[float, float]

    @property
    def towards(self) -> Floats:
        """(3,) unit vector on the floor from the figure to the camera."""
        angle = np.radians(self.bearing_deg)
        return np.array([np.sin(angle), -np.cos(angle), 0.0])

    @property
    def right(self) -> Floats:
        """(3,) unit vector to the right of the picture."""
        return np.cross([0.0, 0.0, 1.0], self.towards)


def polydata(points: Floats, faces: Ints) -> vtk.vtkPolyData:
    """A vtk surface from (n, 3) points and (m, 3) triangles."""
    data, cells, corners = vtk.vtkPolyData(), vtk.vtkCellArray(), vtk.vtkPoints()
    corners.SetData(numpy_to_vtk(points, deep=True))
    ends = np.arange(0, faces.size + 1, 3, dtype=np.int64)
    flat = faces.astype(np.int64).ravel()
    cells.SetData(
        numpy_to_vtkIdTypeArray(ends, deep=True), numpy_to_vtkIdTypeArray(flat, deep=True)
    )
    data.SetPoints(corners)
    data.SetPolys(cells)
    return data


class Stage:
    """A room with one figure in it; `picture` renders a pose."""

    def __init__(
        self, meshes: list[Mesh], floor_z: float, view: View, size: tuple[int, int]
    ) -> None:
        self._meshes = meshes
        self._size = size
        self._floor_z = floor_z
        self._sun = view.right * KEY_LIGHT[0] + view.towards * KEY_LIGHT[1] + [0, 0, KEY_LIGHT[2]]
        self._renderer = vtk.vtkRenderer()
        self._surfaces = [self._add_mesh(mesh) for mesh in meshes]
        self._floor = _floor_picture(view).astype(np.float32)
        self._floor_texture = self._add_floor()
        self._add_wall(view)
        self._add_lights(view)
        self._aim(view)
        self._window = vtk.vtkRenderWindow()
        self._window.SetOffScreenRendering(1)
        self._window.SetMultiSamples(0)
        self._window.SetSize(size[0] * OVERSAMPLING, size[1] * OVERSAMPLING)
        self._window.AddRenderer(self._renderer)

    def picture(self, figure: Posed) -> Image:
        """(height, width, 3) blue, green, red."""
        clouds = [figure.points(mesh) for mesh in self._meshes]
        for surface, mesh, points in zip(self._surfaces, self._meshes, clouds, strict=True):
            surface.GetPoints().SetData(numpy_to_vtk(points, deep=True))
            toned = numpy_to_vtk(normals(points, mesh.faces), deep=True)
            surface.GetPointData().SetNormals(toned)
            surface.Modified()
        self._show_floor(self._shadow(clouds))
        self._window.Render()
        return self._grab()

    def pixels(self, points: Floats) -> Floats:
        """(n, 2) where (n, 3) world points appear in the picture."""
        width, height = self._size
        camera = self._renderer.GetActiveCamera()
        matrix = camera.GetCompositeProjectionTransformMatrix(width / height, -1, 1)
        rows = np.array([[matrix.GetElement(r, c) for c in range(4)] for r in range(4)])
        clip = np.c_[points, np.ones(len(points))] @ rows.T
        flat = clip[:, :2] / clip[:, 3:]
        return np.asarray((flat * [1, -1] + 1) / 2 * [width, height])

    def _add_mesh(self, mesh: Mesh) -> vtk.vtkPolyData:
        surface = polydata(mesh.rest, mesh.faces)
        colours = numpy_to_vtk((mesh.colours * 255).astype(np.uint8), deep=True)
        surface.GetPointData().SetScalars(colours)
        mapper = vtk.vtkPolyDataMapper()
        mapper.SetInputData(surface)
        actor = vtk.vtkActor()
        actor.SetMapper(mapper)
        look = actor.GetProperty()
        look.SetAmbient(0.48)
        look.SetDiffuse(0.72)
        look.SetSpecular(0.05)
        look.SetSpecularPower(12)
        self._renderer.AddActor(actor)
        return surface

    def _add_floor(self) -> vtk.vtkTexture:
        half = FLOOR_M / 2
        plane = vtk.vtkPlaneSource()
        plane.SetOrigin(-half, -half, self._floor_z)
        plane.SetPoint1(half, -half, self._floor_z)
        plane.SetPoint2(-half, half, self._floor_z)
        texture = vtk.vtkTexture()
        texture.InterpolateOn()
        texture.MipmapOn()
        self._add_flat(plane, texture)
        return texture

    def _add_wall(self, view: View) -> None:
        foot = -view.towards * WALL_M + [0, 0, self._floor_z]
        plane = vtk.vtkPlaneSource()
        plane.SetOrigin(*(foot - view.right * 3))
        plane.SetPoint1(*(foot + view.right * 3))
        plane.SetPoint2(*(foot - view.right * 3 + [0, 0, 3.0]))
        texture = vtk.vtkTexture()
        texture.InterpolateOn()
        texture.MipmapOn()
        texture.SetInputData(_image_data(_wall_picture()))
        self._add_flat(plane, texture)

    def _add_flat(self, plane: vtk.vtkPlaneSource, texture: vtk.vtkTexture) -> None:
        """A surface shown as painted, untouched by the lights."""
        mapper = vtk.vtkPolyDataMapper()
        mapper.SetInputConnection(plane.GetOutputPort())
        actor = vtk.vtkActor()
        actor.SetMapper(mapper)
        actor.SetTexture(texture)
        actor.GetProperty().LightingOff()
        self._renderer.AddActor(actor)

    def _add_lights(self, view: View) -> None:
        fill = view.towards * 1.0 + view.right * 1.0 + [0, 0, 0.3]
        for direction, strength, tint in (
            (self._sun, 0.85, (1.0, 0.97, 0.92)),
            (fill, 0.38, (0.90, 0.95, 1.0)),
        ):
            light = vtk.vtkLight()
            light.SetLightTypeToSceneLight()
            light.SetPositional(False)
            light.SetPosition(*direction)
            light.SetFocalPoint(0, 0, 0)
            light.SetIntensity(strength)
            light.SetColor(*tint)
            self._renderer.AddLight(light)

    def _aim(self, view: View) -> None:
        aim = view.right * view.look_m[0] + [0, 0, self._floor_z + view.look_m[1]]
        eye = aim + view.towards * view.distance_m
        eye[2] = self._floor_z + view.height_m
        camera = self._renderer.GetActiveCamera()
        camera.SetFocalPoint(*aim)
        camera.SetPosition(*eye)
        camera.SetViewUp(0, 0, 1)
        camera.SetViewAngle(view.angle_deg)
        camera.SetClippingRange(0.5, 12.0)

    def _shadow(self, clouds: list[Floats]) -> Floats:
        """(px, px) 0..1: the figure's soft shadow on the floor texture."""
        hard = np.zeros((SHADOW_PX, SHADOW_PX), np.uint8)
        for mesh, points in zip(self._meshes, clouds, strict=True):
            height = points[:, 2:] - self._floor_z
            ground = points[:, :2] - height * self._sun[:2] / self._sun[2]
            spots = np.round((ground / FLOOR_M + 0.5) * SHADOW_PX).astype(np.int32)
            for corner in spots[mesh.faces]:
                cv2.fillConvexPoly(hard, corner, 255)
        soft = cv2.addWeighted(
            cv2.GaussianBlur(hard, (0, 0), 2.5), 0.5, cv2.GaussianBlur(hard, (0, 0), 8), 0.5, 0
        )
        return np.asarray(cv2.resize(soft, (FLOOR_PX, FLOOR_PX)) / np.float32(255))

    def _show_floor(self, shadow: Floats) -> None:
        dark = 1 - shadow[..., None] * np.array(SHADOW_DEPTH, dtype=np.float32)
        self._floor_texture.SetInputData(_image_data((self._floor * dark).astype(np.uint8)))

    def _grab(self) -> Image:
        grabber = vtk.vtkWindowToImageFilter()
        grabber.SetInput(self._window)
        grabber.ReadFrontBufferOff()
        grabber.Update()
        image = grabber.GetOutput()
        width, height, _ = image.GetDimensions()
        rows = vtk_to_numpy(image.GetPointData().GetScalars()).reshape(height, width, 3)
        small = cv2.resize(rows[::-1], self._size, interpolation=cv2.INTER_AREA)
        return np.ascontiguousarray(small[..., ::-1])


def _image_data(rgb: Image) -> vtk.vtkImageData:
    height, width, _ = rgb.shape
    data = vtk.vtkImageData()
    data.SetDimensions(width, height, 1)
    data.GetPointData().SetScalars(numpy_to_vtk(rgb.reshape(-1, 3), deep=True))
    return data


def _floor_picture(view: View) -> Image:
    """Warm boards with an exercise mat, as a texture seen from above; y grows upwards."""
    grid = (np.mgrid[0:FLOOR_PX, 0:FLOOR_PX] / FLOOR_PX - 0.5) * FLOOR_M
    place = np.stack([grid[1], grid[0]], axis=-1)
    across, away = place @ view.right[:2], place @ -view.towards[:2]
    board = np.floor(away / 0.16).astype(int)
    tone = np.random.default_rng(7).uniform(-6, 6, 200)[board % 200]
    picture = np.array([196.0, 166, 132]) + tone[..., None]
    picture[(away / 0.16) % 1 < 0.06] -= 14
    straight = np.array(view.mat_m) / 2 - 0.06  # the rest of each half is the rounded corner
    over = np.maximum(np.abs(np.stack([across, away], axis=-1)) - straight, 0)
    outside = np.hypot(over[..., 0], over[..., 1])
    picture[outside < 0.06] = (132, 158, 146)
    picture[(outside > 0.045) & (outside < 0.06)] = (116, 142, 131)
    return np.asarray(np.clip(picture, 0, 255), dtype=np.uint8)


def _wall_picture() -> Image:
    """A cream wall 6 m by 3 m with a skirting board and daylight from a window."""
    height, width = 600, 1200
    up, along = (np.mgrid[0:height, 0:width].astype(float)) / 200
    glow = np.exp(-(((along - 3.4) / 2.0) ** 2) - ((up - 1.6) / 1.4) ** 2)
    picture = np.array([226.0, 217, 203]) + glow[..., None] * np.array([18, 18, 17])
    picture += np.random.default_rng(3).uniform(-1.2, 1.2, (height, width, 1))  # no banding
    picture -= 10 * np.exp(-up[..., None] / 0.12)
    picture[up < 0.10] = (240, 235, 226)
    picture[(up >= 0.10) & (up < 0.108)] = (205, 196, 183)
    return np.asarray(np.clip(picture, 0, 255), dtype=np.uint8)
