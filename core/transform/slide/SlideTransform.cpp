#include "core/transform/slide/SlideTransform.h"

#include <algorithm>
#include <memory>

#include "core/base/FileIo.h"
#include "core/intake/slide/Slide.h"
#include "core/intake/slide/SlideFormat.h"
#include "core/transform/image/Masks.h"
#include "core/transform/slide/BlockEdit.h"
#include "core/transform/slide/Label.h"
#include "core/transform/slide/SlideWriter.h"
#include "core/transform/slide/Surroundings.h"

namespace kamei::transform::slide {
namespace {

using base::ErrorCode;
using intake::slide::Role;
using intake::slide::Slide;
using model::Action;
using Kind = model::Locator::Kind;

/// Changes whenever the same decisions give other bytes than before.
constexpr std::string_view kVersion = "transform.slide/2";
constexpr std::string_view kPlace = "transform.slide.apply";
/// Up to this size a source without a stamp is compared by its digest.
constexpr std::uint64_t kMostHashed = std::uint64_t{256} << 20;

/// Whether the source is still the one that was imported: by its stamp, or by its digest where it has none.
base::Expected<void> checkSame(const model::Source& source) {
    if (source.stamp != base::FileStamp{}) {
        const auto stamp = base::fileStamp(source.path);
        if (!stamp) {
            auto error = stamp.error();
            error.code = error.code == ErrorCode::NotFound ? ErrorCode::SourceMissing : error.code;
            return tl::unexpected(std::move(error));
        }
        return *stamp == source.stamp ? base::Expected<void>() : base::fail(ErrorCode::SourceChanged, kPlace);
    }
    if (source.sha256.isZero() || !source.member.empty()) {
        return {};
    }
    const auto bytes = base::readFile(source.path, kMostHashed);
    if (!bytes) {
        return bytes.error().code == ErrorCode::TooLarge ? base::Expected<void>()
                                                         : tl::unexpected(bytes.error());
    }
    return base::sha256(*bytes) == source.sha256 ? base::Expected<void>()
                                                 : base::fail(ErrorCode::SourceChanged, kPlace);
}

/// Viewers of slides go by the extension; only known ones are taken over.
std::string_view extensionOf(std::span<const model::Source> sources) {
    if (sources.empty()) {
        return "tif";
    }
    const model::Source& source = sources.front();
    std::string said =
        (source.member.empty() ? source.path : std::filesystem::path(source.member)).extension().string();
    std::ranges::transform(said, said.begin(),
                           [](unsigned char c) { return c < 0x80 ? std::tolower(c) : c; });
    return said == ".svs" ? "svs" : said == ".ndpi" ? "ndpi" : "tif";
}

/// A plane of a processed slide.
class ScanRegions final : public Regions {
public:
    ScanRegions(Slide slide, std::size_t plane) : m_slide(std::move(slide)), m_plane(plane) {}
    [[nodiscard]] base::Expected<model::Raster> region(std::size_t level, std::int64_t x, std::int64_t y,
                                                       std::uint32_t width,
                                                       std::uint32_t height) const override {
        return m_slide.readRegion(m_plane, level, x, y, width, height);
    }

private:
    Slide m_slide;
    std::size_t m_plane;
};

class SlideTransform final : public Transform {
public:
    SlideTransform(const model::Asset& asset, const Context& context, Orders orders)
        : m_key(context.key), m_orders(std::move(orders)), m_extension(extensionOf(context.sources)) {
        const std::string subjectKey =
            context.subject.key.empty() ? "asset|" + asset.group : context.subject.key;
        m_pseudonym =
            context.subject.pseudonym.empty() ? m_key.pseudonymId(subjectKey) : context.subject.pseudonym;
        m_orders.labelText = m_pseudonym;
    }

    [[nodiscard]] base::Sha256 digest() const override {
        base::Sha256Hasher hasher;
        hasher.update(std::string(kVersion) + '\n' + std::string(m_extension) + '\n');
        for (const model::Mask& mask : m_orders.masks) {
            hasher.update(model::toJson(mask) + '\n');
        }
        bool drawn = false;
        for (const auto& [frame, action] : m_orders.pictures) {
            hasher.update(std::to_string(frame) + ' ' + std::string(model::word(action)) + '\n');
            drawn = drawn || action == Action::Replace;
        }
        hasher.update(drawn ? m_pseudonym : std::string());
        return hasher.finish();
    }
    [[nodiscard]] std::string_view extension() const override { return m_extension; }

    [[nodiscard]] base::Expected<Result> apply(const model::Source& source, ByteSink& out) const override {
        if (auto same = checkSame(source); !same) {
            return tl::unexpected(same.error());
        }
        auto slide = Slide::open(source);
        if (!slide) {
            return tl::unexpected(slide.error());
        }
        SlideWriter writer(std::move(*slide), m_orders);
        auto done = writer.prepare();
        if (done) {
            done = writer.write(out);
        }
        if (done) { // asked again: the file may have been replaced while it was read
            done = checkSame(source);
        }
        return done ? base::Expected<Result>(Result{}) : tl::unexpected(done.error());
    }

    [[nodiscard]] base::Expected<std::optional<model::Raster>> picture(const model::Source& source,
                                                                       std::int32_t frame) const override {
        if (auto same = checkSame(source); !same) {
            return tl::unexpected(same.error());
        }
        const auto slide = Slide::open(source);
        if (!slide) {
            return tl::unexpected(slide.error());
        }
        if (const auto order = m_orders.pictures.find(frame);
            order != m_orders.pictures.end() && frame >= 1 &&
            static_cast<std::size_t>(frame) <= slide->pictures().size()) {
            if (order->second == Action::Delete) {
                return std::optional(intake::slide::leftOutPicture());
            }
            const auto& page =
                slide->pages().all[slide->pictures()[static_cast<std::size_t>(frame) - 1].page];
            return std::optional(drawLabel(page.width, page.height, m_orders.labelText));
        }
        const Slide filtered = processed(*slide);
        auto raster = filtered.picture(frame);
        if (!raster) {
            return tl::unexpected(raster.error());
        }
        return std::optional(std::move(*raster));
    }

    [[nodiscard]] base::Expected<std::unique_ptr<Regions>> regions(const model::Source& source,
                                                                   std::int32_t frame) const override {
        const auto slide = Slide::open(source);
        if (!slide) {
            return tl::unexpected(slide.error());
        }
        if (frame < 1 || static_cast<std::size_t>(frame) > slide->pages().planes.size()) {
            return std::unique_ptr<Regions>();
        }
        return std::make_unique<ScanRegions>(processed(*slide), static_cast<std::size_t>(frame) - 1);
    }

    [[nodiscard]] std::string outputName(const model::Source& source) const override {
        return m_pseudonym + '_' + m_key.token("output-name", source.sha256.hex(), "W");
    }

private:
    /// The slide with its masks in force.
    [[nodiscard]] Slide processed(const Slide& slide) const {
        struct Work { // shared by all copies of the filter
            Work(Slide of, Orders with)
                : slide(std::move(of)), orders(std::move(with)), around(slide, orders) {}
            Slide slide;
            Orders orders;
            Surroundings around;
        };
        const auto work = std::make_shared<Work>(slide, m_orders);
        return slide.filtered(
            [work](std::size_t page, std::uint64_t block, std::string raw) -> base::Expected<std::string> {
                const auto& of = work->slide.pages().all[page];
                const PageMasks masks = masksOn(work->slide, work->orders, page);
                const auto column = static_cast<std::uint32_t>(block % of.columns());
                const auto row = static_cast<std::uint32_t>(block / of.columns() % of.rows());
                if (masks.empty() || masks.cover(column, row) == PageMasks::Cover::None) {
                    return raw;
                }
                const auto fill = masks.fill(column, row, work->around);
                if (!fill) {
                    return tl::unexpected(fill.error());
                }
                if (std::ranges::find(fill->inside.inside, std::uint8_t{1}) == fill->inside.inside.end()) {
                    return raw;
                }
                const auto table = work->slide.blocks(page);
                return table ? destroyed(work->slide.structure(), of, **table, raw, block, *fill)
                             : tl::unexpected(table.error());
            });
    }

    const pseudonym::Key& m_key;
    std::string m_pseudonym;
    Orders m_orders;
    std::string_view m_extension;
};

} // namespace

base::Expected<std::unique_ptr<Transform>>
compileSlide(const model::Asset& asset, std::span<const model::Finding> findings, const Context& context) {
    Orders orders;
    std::vector<model::Finding> masked;
    for (const model::Finding& finding : findings) {
        const Action action = finding.effective();
        const bool whole = finding.locator.kind == Kind::Pixels && !finding.locator.frames.all() &&
                           finding.locator.frames.first == finding.locator.frames.last;
        if (whole && (action == Action::Delete || action == Action::Replace)) {
            // Two findings on one picture: leaving it out goes before drawing it anew.
            auto& order = orders.pictures.try_emplace(finding.locator.frames.first, action).first->second;
            order = action == Action::Delete ? action : order;
        } else {
            masked.push_back(finding);
        }
    }
    auto masks = image::masksOf(masked);
    if (!masks) {
        return tl::unexpected(masks.error());
    }
    orders.masks = std::move(*masks);
    return std::make_unique<SlideTransform>(asset, context, std::move(orders));
}

} // namespace kamei::transform::slide
