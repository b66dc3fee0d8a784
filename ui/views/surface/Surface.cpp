#include "ui/views/surface/Surface.h"

#include <algorithm>
#include <cmath>
#include <vtkCellArray.h>
#include <vtkFloatArray.h>
#include <vtkFlyingEdges3D.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkShortArray.h>
#include <vtkStaticPointLocator.h>

#include "core/model/VolumeMask.h"
#include "ui/views/surface/Scene.h"

namespace kamei::ui::views::surface {
namespace {

constexpr double kBrightShare = 0.005; ///< of the voxels lie above the range that the slider goes over

/// VTK on the voxels themselves, nothing is copied: the volume has to outlive it.
vtkSmartPointer<vtkImageData> imageOn(const model::Volume& volume) {
    vtkNew<vtkShortArray> values;
    values->SetArray(const_cast<std::int16_t*>(volume.voxels.data()),
                     static_cast<vtkIdType>(volume.voxels.size()), 1);
    auto image = vtkSmartPointer<vtkImageData>::New();
    const auto& size = volume.geometry.size;
    image->SetDimensions(size[0], size[1], size[2]);
    image->GetPointData()->SetScalars(values);
    return image;
}

/// From voxel to patient coordinates, in place. Normals are steepest descents: they go by the inverse.
void placeInPatient(vtkPolyData& data, const model::VolumeGeometry& geometry) {
    auto* points = vtkFloatArray::SafeDownCast(data.GetPoints()->GetData());
    auto* normals = vtkFloatArray::SafeDownCast(data.GetPointData()->GetNormals());
    const auto frame = model::VoxelFrame::of(geometry);
    if (!frame) {
        return;
    }
    const PointMm zero = frame->index({0, 0, 0});
    std::array<PointMm, 3> columns{};
    for (std::size_t i = 0; i < 3; ++i) {
        PointMm unit{};
        unit[i] = 1;
        const auto at = frame->index(unit);
        columns[i] = {at[0] - zero[0], at[1] - zero[1], at[2] - zero[2]};
    }
    const vtkIdType count = data.GetNumberOfPoints();
    for (vtkIdType p = 0; p < count; ++p) {
        float* at = points->GetPointer(p * 3);
        const PointMm place = geometry.at(at[0], at[1], at[2]);
        std::ranges::transform(place, at, [](double mm) { return static_cast<float>(mm); });
        if (normals != nullptr) {
            float* n = normals->GetPointer(p * 3);
            PointMm turned{};
            double length = 0;
            for (std::size_t i = 0; i < 3; ++i) {
                for (std::size_t k = 0; k < 3; ++k) {
                    turned[i] += columns[i][k] * n[k];
                }
                length += turned[i] * turned[i];
            }
            length = std::sqrt(std::max(length, 1e-20));
            std::ranges::transform(turned, n, [length](double v) { return static_cast<float>(v / length); });
        }
    }
    points->Modified();
}

/// Triangles turn the same way as their normals; a geometry that mirrors would show them from inside.
void turnOutwards(vtkPolyData& data) {
    const auto* normals = vtkFloatArray::SafeDownCast(data.GetPointData()->GetNormals());
    vtkCellArray* cells = data.GetPolys();
    if (normals == nullptr || cells->GetNumberOfCells() == 0) {
        return;
    }
    constexpr vtkIdType kAsked = 200;
    int against = 0;
    vtkNew<vtkIdList> ids;
    const vtkIdType step = std::max<vtkIdType>(1, cells->GetNumberOfCells() / kAsked);
    for (vtkIdType cell = 0; cell < cells->GetNumberOfCells(); cell += step) {
        cells->GetCellAtId(cell, ids);
        std::array<PointMm, 3> p{};
        for (vtkIdType i = 0; i < 3; ++i) {
            data.GetPoint(ids->GetId(i), p[static_cast<std::size_t>(i)].data());
        }
        PointMm n{};
        const_cast<vtkFloatArray*>(normals)->GetTuple(ids->GetId(0), n.data());
        double along = 0;
        for (std::size_t i = 0; i < 3; ++i) {
            const std::size_t j = (i + 1) % 3;
            const std::size_t k = (i + 2) % 3;
            along += n[i] *
                     ((p[1][j] - p[0][j]) * (p[2][k] - p[0][k]) - (p[1][k] - p[0][k]) * (p[2][j] - p[0][j]));
        }
        against += along < 0 ? 1 : -1;
    }
    if (against > 0) {
        for (vtkIdType cell = 0; cell < cells->GetNumberOfCells(); ++cell) {
            cells->ReverseCellAtId(cell);
        }
    }
}

/// Takes out the triangles of which a corner lies outside the cells to be kept, and the points of none.
void leaveOut(vtkPolyData& data, const Keep& keep) {
    const auto frame = model::VoxelFrame::of(keep.grid);
    if (!frame) {
        return;
    }
    const auto* points = vtkFloatArray::SafeDownCast(data.GetPoints()->GetData());
    const auto* normals = vtkFloatArray::SafeDownCast(data.GetPointData()->GetNormals());
    const auto& size = keep.grid.size;
    const auto kept = [&](vtkIdType p) {
        const float* at = const_cast<vtkFloatArray*>(points)->GetPointer(p * 3);
        const PointMm cell = frame->index({at[0], at[1], at[2]});
        std::size_t index = 0;
        for (std::size_t i = 3; i-- > 0;) {
            const long v = std::lround(cell[i]);
            if (v < 0 || v >= size[i]) {
                return false;
            }
            index = index * static_cast<std::size_t>(size[i]) + static_cast<std::size_t>(v);
        }
        return keep.cells[index] != 0;
    };
    std::vector<vtkIdType> moved(static_cast<std::size_t>(data.GetNumberOfPoints()), -1);
    vtkNew<vtkPoints> ours;
    vtkNew<vtkFloatArray> turned;
    turned->SetNumberOfComponents(3);
    for (vtkIdType p = 0; p < data.GetNumberOfPoints(); ++p) {
        if (kept(p)) {
            moved[static_cast<std::size_t>(p)] =
                ours->InsertNextPoint(const_cast<vtkFloatArray*>(points)->GetPointer(p * 3));
            turned->InsertNextTuple(p, const_cast<vtkFloatArray*>(normals));
        }
    }
    vtkNew<vtkCellArray> cells;
    vtkNew<vtkIdList> ids;
    for (vtkIdType cell = 0; cell < data.GetPolys()->GetNumberOfCells(); ++cell) {
        data.GetPolys()->GetCellAtId(cell, ids);
        std::array<vtkIdType, 3> corners{};
        for (vtkIdType i = 0; i < 3; ++i) {
            corners[static_cast<std::size_t>(i)] = moved[static_cast<std::size_t>(ids->GetId(i))];
        }
        if (std::ranges::all_of(corners, [](vtkIdType id) { return id >= 0; })) {
            cells->InsertNextCell(3, corners.data());
        }
    }
    data.SetPoints(ours);
    data.GetPointData()->SetNormals(turned);
    data.SetPolys(cells);
}

/// Means of blocks of voxels; low and high get the extremes of all.
model::Volume coarseOf(const model::Volume& volume, std::int16_t& low, std::int16_t& high) {
    const auto& size = volume.geometry.size;
    std::array<std::int32_t, 3> block{};
    model::Volume out;
    out.slope = volume.slope;
    out.intercept = volume.intercept;
    for (std::size_t i = 0; i < 3; ++i) {
        block[i] = std::max(1, (size[i] + SurfaceSource::kCoarse - 1) / SurfaceSource::kCoarse);
        out.geometry.size[i] = (size[i] + block[i] - 1) / block[i];
        out.geometry.axes[i] = volume.geometry.axes[i];
        for (double& mm : out.geometry.axes[i]) {
            mm *= block[i];
        }
    }
    out.geometry.origin =
        volume.geometry.at((block[0] - 1) / 2.0, (block[1] - 1) / 2.0, (block[2] - 1) / 2.0);
    const auto wide = static_cast<std::size_t>(out.geometry.size[0]);
    const auto area = wide * static_cast<std::size_t>(out.geometry.size[1]);
    out.voxels.resize(out.geometry.voxels());
    low = volume.voxels.empty() ? std::int16_t{0} : volume.voxels.front();
    high = low;
    std::vector<std::int32_t> sums(area);
    std::vector<std::int32_t> counts(area);
    const std::int16_t* at = volume.voxels.data();
    for (std::int32_t z = 0; z < size[2]; ++z) {
        if (z % block[2] == 0) {
            std::ranges::fill(sums, 0);
            std::ranges::fill(counts, 0);
        }
        for (std::int32_t y = 0; y < size[1]; ++y) {
            const std::size_t line = static_cast<std::size_t>(y / block[1]) * wide;
            for (std::int32_t x = 0; x < size[0]; x += block[0]) {
                const std::size_t cell = line + static_cast<std::size_t>(x / block[0]);
                const std::int32_t end = std::min(size[0], x + block[0]);
                for (std::int32_t i = x; i < end; ++i, ++at) {
                    low = std::min(low, *at);
                    high = std::max(high, *at);
                    sums[cell] += *at;
                }
                counts[cell] += end - x;
            }
        }
        if (z % block[2] == block[2] - 1 || z == size[2] - 1) {
            const std::size_t first = static_cast<std::size_t>(z / block[2]) * area;
            for (std::size_t cell = 0; cell < area; ++cell) {
                out.voxels[first + cell] = static_cast<std::int16_t>(sums[cell] / std::max(counts[cell], 1));
            }
        }
    }
    return out;
}

} // namespace

Surface::Surface(std::unique_ptr<Mesh> mesh) : m_mesh(std::move(mesh)) {
    if (points() > 0) {
        std::array<double, 6> bounds{};
        m_mesh->data->GetBounds(bounds.data()); // computed here: afterwards it is only read
        m_low = {bounds[0], bounds[2], bounds[4]};
        m_high = {bounds[1], bounds[3], bounds[5]};
    }
}

Surface::~Surface() = default;

std::int64_t Surface::triangles() const {
    return m_mesh->data->GetNumberOfPolys();
}

std::int64_t Surface::points() const {
    return m_mesh->data->GetNumberOfPoints();
}

std::span<const float> Surface::pointsMm() const {
    auto* array = points() == 0 ? nullptr : vtkFloatArray::SafeDownCast(m_mesh->data->GetPoints()->GetData());
    return array == nullptr
               ? std::span<const float>{}
               : std::span<const float>(array->GetPointer(0), static_cast<std::size_t>(points()) * 3);
}

SurfaceSource::SurfaceSource(std::shared_ptr<const model::Volume> volume, std::optional<Keep> keep)
    : m_volume(std::move(volume)), m_keep(std::move(keep)) {
    std::int16_t low = 0;
    std::int16_t high = 0;
    m_coarse = coarseOf(*m_volume, low, high);
    std::vector<std::int16_t> sorted = m_coarse.voxels;
    if (!sorted.empty()) {
        const auto bright = sorted.begin() + static_cast<std::ptrdiff_t>(
                                                 static_cast<double>(sorted.size() - 1) * (1 - kBrightShare));
        std::ranges::nth_element(sorted, bright);
        high = *bright;
    }
    const double one = low * m_volume->slope + m_volume->intercept;
    const double other = high * m_volume->slope + m_volume->intercept;
    m_range = {std::min(one, other), std::max(one, other)};
}

std::shared_ptr<const Surface> SurfaceSource::surface(double threshold, Detail detail,
                                                      std::stop_token stop) const {
    const model::Volume& volume = detail == Detail::Coarse ? m_coarse : *m_volume;
    const auto image = imageOn(volume);
    vtkNew<vtkFlyingEdges3D> edges;
    edges->SetInputData(image);
    edges->ComputeNormalsOn();
    edges->ComputeGradientsOff();
    edges->ComputeScalarsOff();
    edges->SetValue(0, (threshold - volume.intercept) / (volume.slope == 0 ? 1 : volume.slope));
    edges->Update();
    if (stop.stop_requested()) {
        return nullptr;
    }
    auto mesh = std::make_unique<Surface::Mesh>();
    mesh->data = vtkSmartPointer<vtkPolyData>::New();
    mesh->data->SetPoints(edges->GetOutput()->GetPoints());
    mesh->data->SetPolys(edges->GetOutput()->GetPolys());
    mesh->data->GetPointData()->SetNormals(edges->GetOutput()->GetPointData()->GetNormals());
    if (mesh->data->GetNumberOfPoints() > 0) {
        placeInPatient(*mesh->data, volume.geometry);
        if (m_keep) {
            leaveOut(*mesh->data, *m_keep);
        }
        turnOutwards(*mesh->data);
    }
    return std::make_shared<Surface>(std::move(mesh));
}

std::vector<float> distancesMm(const Surface& of, const Surface& to) {
    const auto points = of.pointsMm();
    const auto others = to.pointsMm();
    if (others.empty()) {
        return {};
    }
    vtkNew<vtkStaticPointLocator> locator;
    vtkNew<vtkPolyData> target; // of our own: the other's data may be drawn meanwhile
    target->SetPoints(to.mesh().data->GetPoints());
    locator->SetDataSet(target);
    locator->BuildLocator();
    std::vector<float> out(points.size() / 3);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const PointMm place{points[i * 3], points[i * 3 + 1], points[i * 3 + 2]};
        const auto near = static_cast<std::size_t>(locator->FindClosestPoint(place.data())) * 3;
        double sum = 0;
        for (std::size_t k = 0; k < 3; ++k) {
            sum += (place[k] - others[near + k]) * (place[k] - others[near + k]);
        }
        out[i] = static_cast<float>(std::sqrt(sum));
    }
    return out;
}

} // namespace kamei::ui::views::surface
