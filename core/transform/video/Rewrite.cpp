#include "core/transform/video/Rewrite.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>

#include "core/intake/video/FrameSource.h"
#include "core/transform/video/Rewriter.h"

namespace kamei::transform::video {
namespace {

using base::ErrorCode;
using intake::video::Coding;
using intake::video::Index;

constexpr std::string_view kPlace = "transform.video.rewrite";
/// Codecs whose packets hold pictures and nothing of free form, so that they may be copied though not edited.
constexpr std::array<std::string_view, 7> kCopied{"vp8",     "vp9",     "ffv1",    "huffyuv",
                                                  "ffvhuff", "utvideo", "rawvideo"};

bool mayBeCopied(const Index& index) {
    return index.facts.whole.empty() ||
           (index.facts.whole == "codec" &&
            std::ranges::find(kCopied, std::string_view(index.facts.codec)) != kCopied.end());
}

/// Errors that another way of writing would meet again.
bool isFinal(ErrorCode code) {
    return code == ErrorCode::NoSpace || code == ErrorCode::IoError || code == ErrorCode::OutOfMemory ||
           code == ErrorCode::SourceChanged || code == ErrorCode::SourceMissing ||
           code == ErrorCode::PermissionDenied || code == ErrorCode::WorkspaceReadOnly;
}

bool isRaw(const Index& index) {
    const std::string& container = index.facts.container;
    return container == "h264" || container == "hevc" || container == "mpegvideo" || container == "m4v";
}

base::Expected<void> refuse(std::string_view what) {
    return base::fail(ErrorCode::NotPossible, kPlace, {"verification", std::string(what)});
}

/// Reads what was written: as many frames, at the same times, all of the pieces decodable.
base::Expected<void> verify(const Index& source, const std::vector<Piece>& pieces, const Scratch& scratch) {
    const auto bytes = scratch.bytes();
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    const auto written = intake::video::readIndex(*bytes);
    if (!written) {
        return refuse("container");
    }
    const Index& now = **written;
    if (now.facts.frames != source.facts.frames || now.facts.truncated ||
        now.facts.audio > source.facts.audio || now.facts.others > 0) {
        return refuse("frames");
    }
    if (now.facts.rotation != source.facts.rotation) {
        return refuse("rotation");
    }
    // Raw streams have no times, and sources without sound ones get theirs here.
    const bool timed = !isRaw(source) && source.facts.whole != "frame-times";
    constexpr std::int64_t kRoundingUs = 2;
    for (std::int32_t n = 1; timed && n <= source.facts.frames; ++n) {
        if (std::abs(now.timeUs(n) - source.timeUs(n)) > kRoundingUs) {
            return refuse("times");
        }
    }
    auto frames = intake::video::FrameSource::open(*bytes, *written, 0);
    if (!frames) {
        return tl::unexpected(frames.error());
    }
    for (const Piece& piece : pieces) {
        // With a neighbour on both sides: the splices are what can go wrong.
        const std::int32_t last = std::min(piece.last + 2, now.facts.frames);
        for (std::int32_t n = std::max(1, piece.first - 1); n <= last; ++n) {
            const auto frame = (*frames)->at(n);
            if (!frame || (*frame)->decode_error_flags != 0 || (*frame)->width != source.facts.width ||
                (*frame)->height != source.facts.height) {
                return refuse("pictures");
            }
        }
    }
    return {};
}

} // namespace

base::Expected<Outcome> rewrite(const intake::video::Bytes& bytes, const std::shared_ptr<const Index>& index,
                                const Wish& wish, Scratch& scratch) {
    Painter painter(wish.masks, wish.firstFrame);
    std::vector<bool> touched(index->order.size());
    for (std::size_t i = 0; i < touched.size(); ++i) {
        touched[i] =
            painter.touches(static_cast<std::int32_t>(i + 1), index->facts.width, index->facts.height);
    }
    const Piece everything{1, index->facts.frames};
    Outcome out;
    out.sound = std::ranges::any_of(wish.sound, [](const auto& one) { return !one.second.ranges.empty(); });
    out.pieces = piecesOf(*index, touched);
    const bool copies = mayBeCopied(*index) && (index->facts.whole.empty() || out.pieces.empty());
    if (copies) {
        auto done = Rewriter(bytes, index, wish, painter).run(out.pieces, false, scratch.descriptor());
        if (done) {
            done = verify(*index, out.pieces, scratch);
        }
        if (done) {
            return out;
        }
        if (isFinal(done.error().code)) {
            return tl::unexpected(done.error());
        }
        if (auto cleared = scratch.clear(); !cleared) {
            return tl::unexpected(cleared.error());
        }
    }
    out.whole = copies ? "verification" : index->facts.whole;
    out.pieces = {everything};
    auto done = Rewriter(bytes, index, wish, painter).run(out.pieces, true, scratch.descriptor());
    if (done) {
        done = verify(*index, out.pieces, scratch);
    }
    if (!done && done.error().code == ErrorCode::NotPossible) {
        const std::string what = done.error().args.empty() ? std::string() : done.error().args.back();
        return base::fail(ErrorCode::UnsupportedFormat, kPlace,
                          {index->facts.container + '/' + index->facts.codec, what});
    }
    if (!done) {
        return tl::unexpected(done.error());
    }
    return out;
}

} // namespace kamei::transform::video
