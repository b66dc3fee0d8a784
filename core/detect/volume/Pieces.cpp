#include "core/detect/volume/Pieces.h"

#include <algorithm>
#include <itkConnectedComponentImageFilter.h>
#include <itkImage.h>
#include <itkImportImageFilter.h>
#include <itkOtsuThresholdImageFilter.h>
#include <itkSignedMaurerDistanceMapImageFilter.h>
#include <new>

namespace kamei::detect::volume {
namespace {

using Mask = itk::Image<std::uint8_t, 3>;
using Values = itk::Image<float, 3>;
using Labels = itk::Image<std::uint32_t, 3>;
using Bytes = std::vector<std::uint8_t>;

constexpr std::string_view kPlace = "detect.volume.pieces";

/// An image over memory of ours, which outlives it. ITK reads it only.
template <class Image, class Value>
typename Image::Pointer imageOf(const std::vector<Value>& cells, const std::array<std::int32_t, 3>& size,
                                const std::array<double, 3>& spacing) {
    auto import = itk::ImportImageFilter<Value, 3>::New();
    typename Image::SizeType extent;
    for (unsigned i = 0; i < 3; ++i) {
        extent[i] = static_cast<itk::SizeValueType>(size[i]);
    }
    import->SetRegion(typename Image::RegionType(extent));
    import->SetSpacing(spacing.data());
    import->SetImportPointer(const_cast<Value*>(cells.data()), cells.size(), false); // NOLINT
    import->Update();
    return import->GetOutput();
}

/// Runs what ITK does; its exceptions end here.
template <class Work> auto guarded(const Work& work) -> base::Expected<decltype(work())> {
    try {
        return work();
    } catch (const std::bad_alloc&) {
        return base::fail(base::ErrorCode::OutOfMemory, kPlace);
    } catch (const itk::ExceptionObject&) {
        return base::fail(base::ErrorCode::Internal, kPlace);
    }
}

/// Distance to the mask's border in mm, positive outside.
Values::Pointer distances(const Bytes& mask, const std::array<std::int32_t, 3>& size,
                          const std::array<double, 3>& spacing) {
    auto filter = itk::SignedMaurerDistanceMapImageFilter<Mask, Values>::New();
    filter->SetInput(imageOf<Mask>(mask, size, spacing));
    filter->SetSquaredDistance(false);
    filter->SetUseImageSpacing(true);
    filter->SetInsideIsPositive(false);
    filter->SetBackgroundValue(0);
    filter->SetNumberOfWorkUnits(1); // assets are already examined beside each other
    filter->Update();
    return filter->GetOutput();
}

Bytes within(const Bytes& mask, double mm, const std::array<std::int32_t, 3>& size,
             const std::array<double, 3>& spacing) {
    if (std::ranges::find(mask, 1) == mask.end()) {
        return mask;
    }
    const auto map = distances(mask, size, spacing);
    const float* values = map->GetBufferPointer();
    Bytes out(mask.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = values[i] <= static_cast<float>(mm) ? 1 : 0;
    }
    return out;
}

Bytes largestPiece(const Bytes& mask, const std::array<std::int32_t, 3>& size,
                   const std::array<double, 3>& spacing) {
    auto filter = itk::ConnectedComponentImageFilter<Mask, Labels>::New();
    filter->SetInput(imageOf<Mask>(mask, size, spacing));
    filter->SetFullyConnected(false);
    filter->SetNumberOfWorkUnits(1);
    filter->Update();
    const std::uint32_t* labels = filter->GetOutput()->GetBufferPointer();
    std::vector<std::size_t> counts(filter->GetObjectCount() + 1);
    for (std::size_t i = 0; i < mask.size(); ++i) {
        ++counts[labels[i]];
    }
    counts[0] = 0;
    const auto most = static_cast<std::uint32_t>(std::ranges::max_element(counts) - counts.begin());
    Bytes out(mask.size());
    for (std::size_t i = 0; i < mask.size(); ++i) {
        out[i] = most != 0 && labels[i] == most ? 1 : 0;
    }
    return out;
}

/// Fills what a plane's border cannot reach. `first` and `second` are the steps along the plane.
void fillPlane(Bytes& mask, std::size_t base, std::size_t first, std::size_t firstCount, std::size_t second,
               std::size_t secondCount) {
    Bytes outside(firstCount * secondCount);
    std::vector<std::size_t> open;
    const auto visit = [&](std::size_t i, std::size_t j) {
        if (outside[j * firstCount + i] == 0 && mask[base + i * first + j * second] == 0) {
            outside[j * firstCount + i] = 1;
            open.push_back(j * firstCount + i);
        }
    };
    for (std::size_t i = 0; i < firstCount; ++i) {
        visit(i, 0);
        visit(i, secondCount - 1);
    }
    for (std::size_t j = 0; j < secondCount; ++j) {
        visit(0, j);
        visit(firstCount - 1, j);
    }
    while (!open.empty()) {
        const std::size_t at = open.back();
        open.pop_back();
        const std::size_t i = at % firstCount;
        const std::size_t j = at / firstCount;
        if (i > 0) {
            visit(i - 1, j);
        }
        if (i + 1 < firstCount) {
            visit(i + 1, j);
        }
        if (j > 0) {
            visit(i, j - 1);
        }
        if (j + 1 < secondCount) {
            visit(i, j + 1);
        }
    }
    for (std::size_t j = 0; j < secondCount; ++j) {
        for (std::size_t i = 0; i < firstCount; ++i) {
            if (outside[j * firstCount + i] == 0) {
                mask[base + i * first + j * second] = 1;
            }
        }
    }
}

} // namespace

base::Expected<double> Pieces::otsu(const std::vector<float>& cells, double highest) const {
    return guarded([&] {
        std::vector<float> capped(cells);
        for (float& value : capped) {
            value = std::min(value, static_cast<float>(highest));
        }
        auto filter = itk::OtsuThresholdImageFilter<Values, Mask>::New();
        filter->SetInput(imageOf<Values>(capped, m_size, m_spacing));
        filter->SetNumberOfHistogramBins(256);
        filter->SetNumberOfWorkUnits(1);
        filter->Update();
        return static_cast<double>(filter->GetThreshold());
    });
}

base::Expected<std::vector<std::uint8_t>> Pieces::largest(const Bytes& mask, double openMm,
                                                          double growMm) const {
    return guarded([&] {
        const Bytes core = largestPiece(within(mask, -openMm, m_size, m_spacing), m_size, m_spacing);
        Bytes out = within(core, openMm + growMm, m_size, m_spacing);
        for (std::size_t i = 0; i < out.size(); ++i) {
            out[i] = out[i] != 0 && mask[i] != 0 ? 1 : 0;
        }
        return largestPiece(out, m_size, m_spacing);
    });
}

base::Expected<std::vector<std::uint8_t>> Pieces::grown(const Bytes& mask, double byMm) const {
    return guarded([&] { return within(mask, byMm, m_size, m_spacing); });
}

base::Expected<void> Pieces::fill(Bytes& mask, double closeMm) const {
    const auto done = guarded([&] {
        const auto columns = static_cast<std::size_t>(m_size[0]);
        const auto rows = static_cast<std::size_t>(m_size[1]);
        const auto slices = static_cast<std::size_t>(m_size[2]);
        Bytes closed = within(mask, closeMm, m_size, m_spacing);
        // The outside comes back by as much; what is no longer reached stays filled.
        Bytes outside(closed.size());
        std::ranges::transform(closed, outside.begin(),
                               [](std::uint8_t in) { return static_cast<std::uint8_t>(1 - in); });
        outside = within(outside, closeMm, m_size, m_spacing);
        for (std::size_t i = 0; i < mask.size(); ++i) {
            mask[i] = mask[i] != 0 || outside[i] == 0 ? 1 : 0;
        }
        for (std::size_t z = 0; z < slices; ++z) {
            fillPlane(mask, z * rows * columns, 1, columns, columns, rows);
        }
        for (std::size_t y = 0; y < rows; ++y) {
            fillPlane(mask, y * columns, 1, columns, rows * columns, slices);
        }
        for (std::size_t x = 0; x < columns; ++x) {
            fillPlane(mask, x, columns, rows, rows * columns, slices);
        }
        return true;
    });
    return done ? base::Expected<void>() : tl::unexpected(done.error());
}

} // namespace kamei::detect::volume
