#include "core/transform/slide/SlideWriter.h"

#include <algorithm>

#include "core/transform/slide/BlockEdit.h"
#include "core/transform/slide/JpegCleaner.h"
#include "core/transform/slide/Slack.h"
#include "core/transform/slide/SlideWork.h"

namespace kamei::transform::slide {
namespace {

using base::ErrorCode;
using intake::slide::Page;
using intake::slide::Role;
using intake::slide::Slide;

constexpr std::string_view kPlace = "transform.slide.write";

std::span<const std::byte> bytesOf(const std::string& text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

std::vector<model::Mask> onFrame(const std::vector<model::Mask>& masks, std::int32_t frame) {
    std::vector<model::Mask> out;
    std::ranges::copy_if(masks, std::back_inserter(out),
                         [&](const model::Mask& mask) { return mask.frames.contains(frame); });
    return out;
}

} // namespace

std::int32_t frameOf(const Slide& slide, std::size_t page) {
    const auto& pictures = slide.pictures();
    for (std::size_t i = 0; i < pictures.size(); ++i) {
        const bool scan = slide.pages().all[page].role == Role::Scan;
        if (scan ? pictures[i].role == Role::Scan && pictures[i].plane == slide.pages().all[page].plane
                 : pictures[i].page == page) {
            return static_cast<std::int32_t>(i) + 1;
        }
    }
    return 0;
}

PageMasks masksOn(const Slide& slide, const Orders& orders, std::size_t index) {
    const Page& page = slide.pages().all[index];
    PageMasks out(page);
    const auto onBase = [&](std::size_t plane, std::vector<model::Mask> masks) {
        const std::size_t base = slide.pages().planes[plane].front();
        out.add(std::move(masks), base, slide.pages().all[base].width, slide.pages().all[base].height);
    };
    const std::int32_t frame = frameOf(slide, index);
    if (page.role == Role::Scan) {
        onBase(page.plane, onFrame(orders.masks, frame));
        return out;
    }
    if (page.role == Role::Thumbnail) {
        onBase(0, onFrame(orders.masks, 1));
    }
    out.add(onFrame(orders.masks, frame), index, page.width, page.height);
    return out;
}

base::Expected<std::string> SlideWriter::Work::edit(const Part& part, const PageMasks& masks,
                                                    std::uint64_t block) {
    const Page& of = page(part);
    const auto column = static_cast<std::uint32_t>(block % of.columns());
    const auto row = static_cast<std::uint32_t>(block / of.columns() % of.rows());
    auto raw = m_slide.structure().bytes->read(part.table->offsets[block], part.table->sizes[block]);
    if (!raw) {
        return raw;
    }
    auto fill = masks.fill(column, row, m_around);
    if (!fill) {
        return tl::unexpected(fill.error());
    }
    if (std::ranges::find(fill->inside.inside, std::uint8_t{1}) == fill->inside.inside.end()) {
        return std::string(); // the figure's corner: nothing of it lies in this block
    }
    return destroyed(m_slide.structure(), of, *part.table, *raw, block, *fill);
}

base::Expected<std::string> SlideWriter::Work::blockBytes(const Part& part, std::uint64_t block,
                                                          const std::optional<PageMasks>& masks) {
    const Page& of = page(part);
    if (const auto edited = part.edited.find(block); edited != part.edited.end()) {
        if (edited->second.bytes != nullptr) {
            return *edited->second.bytes;
        }
        auto again = edit(part, *masks, block);
        if (again && again->size() != edited->second.size) {
            return base::fail(ErrorCode::SourceChanged, kPlace);
        }
        return again;
    }
    auto raw = m_slide.structure().bytes->read(part.table->offsets[block], part.table->sizes[block]);
    if (raw && !of.intervals) {
        const auto row = static_cast<std::uint32_t>(block / of.columns() % of.rows());
        if (auto done = clean(of, row, *raw); !done) {
            return tl::unexpected(done.error());
        }
    }
    return raw;
}

base::Expected<void> SlideWriter::Work::put(ByteSink& out, const std::string& bytes) {
    m_at += bytes.size();
    return bytes.empty() ? base::Expected<void>() : out.write(bytesOf(bytes));
}

base::Expected<void> SlideWriter::Work::pad(ByteSink& out, std::uint64_t to) {
    if (to < m_at || to - m_at > kAlign) { // what was laid out is not what was written
        return base::fail(ErrorCode::Internal, kPlace);
    }
    return put(out, std::string(to - m_at, '\0'));
}

base::Expected<void> SlideWriter::Work::writeBlocks(Part& part, ByteSink& out) {
    const auto masks =
        part.edited.empty() ? std::nullopt : std::optional(masksOn(m_slide, m_orders, part.index));
    std::uint64_t at = 0;
    for (std::uint64_t block = 0; block < part.offsets.size(); ++block) {
        if (part.sizes[block] == 0 || part.offsets[block] < at) { // never written, or written already
            continue;
        }
        auto bytes = blockBytes(part, block, masks);
        if (!bytes) {
            return tl::unexpected(bytes.error());
        }
        bytes->resize(bytes->size() + bytes->size() % 2, '\0');
        at = part.offsets[block] + bytes->size();
        if (auto done = put(out, *bytes); !done) {
            return done;
        }
    }
    return {};
}

base::Expected<void> SlideWriter::Work::writeStrip(Part& part, ByteSink& out) {
    const auto masks =
        part.edited.empty() ? std::nullopt : std::optional(masksOn(m_slide, m_orders, part.index));
    JpegCleaner cleaner;
    std::string header = part.tables;
    cleaner.clean(std::as_writable_bytes(std::span(header.data(), header.size())));
    if (auto done = put(out, header); !done) {
        return done;
    }
    for (std::uint64_t block = 0; block < part.offsets.size(); ++block) {
        auto bytes = blockBytes(part, block, masks);
        if (!bytes) {
            return tl::unexpected(bytes.error());
        }
        cleaner.clean(std::as_writable_bytes(std::span(bytes->data(), bytes->size())));
        if (auto done = put(out, *bytes); !done) {
            return done;
        }
    }
    return {};
}

base::Expected<void> SlideWriter::Work::write(ByteSink& out) {
    const bool big = m_slide.structure().bigEndian;
    if (auto done = put(out, intake::slide::headerBytes(m_dialect, big, m_parts.front().directoryAt));
        !done) {
        return done;
    }
    for (std::size_t i = 0; i < m_parts.size(); ++i) {
        Part& part = m_parts[i];
        auto done = pad(out, part.dataAt);
        if (done) {
            done = !part.drawn.empty()    ? put(out, part.drawn)
                   : page(part).intervals ? writeStrip(part, out)
                                          : writeBlocks(part, out);
        }
        if (done) {
            done = pad(out, part.directoryAt);
        }
        if (!done) {
            return done;
        }
        const std::string directory =
            intake::slide::directoryBytes(fieldsOf(part), m_dialect, big, part.directoryAt, nextOf(i));
        if (done = put(out, directory); !done) {
            return done;
        }
    }
    return {};
}

SlideWriter::SlideWriter(Slide slide, const Orders& orders)
    : m_work(std::make_unique<Work>(std::move(slide), orders)) {}
SlideWriter::~SlideWriter() = default;

base::Expected<void> SlideWriter::prepare() {
    return m_work->prepare();
}
base::Expected<void> SlideWriter::write(ByteSink& out) {
    return m_work->write(out);
}

} // namespace kamei::transform::slide
