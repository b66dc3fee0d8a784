#include "core/intake/video/Index.h"

#include <algorithm>
#include <cmath>
#include <numeric>

extern "C" {
#include <libavutil/display.h>
}

#include "core/intake/video/IndexScan.h"

namespace kamei::intake::video {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "intake.video.index";
/// Pictures that are decoded to see whether the order of times is that of the decoder.
constexpr std::size_t kTried = 64;

/// Packet numbers by time; empty when times are missing or come twice.
std::vector<std::int32_t> byTime(const std::vector<Packet>& packets) {
    std::vector<std::int32_t> out(packets.size());
    std::iota(out.begin(), out.end(), 0);
    if (std::ranges::any_of(packets, [](const Packet& p) { return p.pts == kNoTime; })) {
        return {};
    }
    const auto time = [&](std::int32_t i) { return packets[static_cast<std::size_t>(i)].pts; };
    std::ranges::stable_sort(out, {}, time);
    return std::ranges::adjacent_find(out, {}, time) == out.end() ? out : std::vector<std::int32_t>();
}

/// Pictures that lead the first key one in time and refer to what was before the beginning: no decoder shows
/// them.
bool isLostLeader(const Index& index, std::int32_t packet) {
    const auto key = std::ranges::find(index.packets, true, &Packet::key);
    return key != index.packets.end() && index.packets[static_cast<std::size_t>(packet)].pts < key->pts;
}

/// Whether the first pictures come in the order of their times, each packet giving one; packets that are no
/// part of the video (lost leaders) are taken out of `order`.
bool agrees(const Index& index, std::vector<std::int32_t>& order, const Shown& shown, std::size_t tried) {
    std::vector<bool> seen(index.packets.size());
    for (const std::int32_t packet : shown.order) {
        if (packet < 0 || static_cast<std::size_t>(packet) >= seen.size() ||
            seen[static_cast<std::size_t>(packet)]) {
            return false;
        }
        seen[static_cast<std::size_t>(packet)] = true;
    }
    std::erase_if(order, [&](std::int32_t packet) {
        return static_cast<std::size_t>(packet) < tried && !seen[static_cast<std::size_t>(packet)] &&
               isLostLeader(index, packet);
    });
    std::vector<std::int32_t> expected;
    std::ranges::copy_if(order, std::back_inserter(expected),
                         [&](std::int32_t packet) { return static_cast<std::size_t>(packet) < tried; });
    return expected == shown.order;
}

/// The order of all pictures, from their decoder.
base::Expected<void> orderByDecoding(const Bytes& bytes, Index& index, const std::stop_token& stop) {
    const auto shown = decodeOrder(bytes, index.packets.size(), stop);
    if (!shown) {
        return tl::unexpected(shown.error());
    }
    index.order.clear();
    index.facts.interlaced = shown->interlaced;
    std::vector<bool> seen(index.packets.size());
    std::int64_t last = kNoTime;
    bool timed = true;
    for (std::size_t i = 0; i < shown->order.size(); ++i) {
        const auto packet = static_cast<std::size_t>(shown->order[i]);
        if (packet >= seen.size() || seen[packet]) {
            timed = false; // one packet, several pictures
            continue;
        }
        seen[packet] = true;
        index.order.push_back(shown->order[i]);
        Packet& row = index.packets[packet];
        row.pts = row.pts == kNoTime ? shown->times[i] : row.pts;
        timed = timed && row.pts != kNoTime && (last == kNoTime || row.pts > last);
        last = row.pts;
    }
    const bool stream = index.facts.container == "h264" || index.facts.container == "hevc" ||
                        index.facts.container == "mpegvideo" || index.facts.container == "m4v";
    if (index.facts.whole.empty() && index.order.size() != index.packets.size()) {
        index.facts.whole = "undecodable-frames";
    } else if (index.facts.whole.empty() && !timed && !stream) {
        index.facts.whole = "frame-times";
    }
    return {};
}

std::int32_t rotationOf(const AVStream& stream) {
    std::size_t size = 0;
    const auto* matrix = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
    if (matrix == nullptr || size < 9 * sizeof(std::int32_t)) {
        return 0;
    }
    const double angle = av_display_rotation_get(reinterpret_cast<const std::int32_t*>(matrix));
    return std::isfinite(angle) ? (static_cast<std::int32_t>(std::lround(-angle)) + 360) % 360 : 0;
}

void describeStreams(const Input& input, Facts& out) {
    const AVStream& video = *input.video();
    out.container = input.container();
    out.codec = avcodec_get_name(video.codecpar->codec_id);
    out.width = video.codecpar->width;
    out.height = video.codecpar->height;
    out.rotation = rotationOf(video);
    out.interlaced = video.codecpar->field_order > AV_FIELD_PROGRESSIVE;
}

void countStreams(const Input& input, Facts& out) {
    for (unsigned i = 0; i < input.context()->nb_streams; ++i) {
        if (static_cast<int>(i) == input.videoIndex()) {
            continue;
        }
        const bool sound = input.context()->streams[i]->codecpar->codec_type == AVMEDIA_TYPE_AUDIO;
        ++(sound ? out.audio : out.others);
    }
}

void measure(Index& index, const AVStream& stream) {
    Facts& facts = index.facts;
    facts.frames = static_cast<std::int32_t>(index.order.size());
    for (std::size_t i = 0; i < index.order.size(); ++i) {
        index.packets[static_cast<std::size_t>(index.order[i])].frame = static_cast<std::int32_t>(i + 1);
    }
    // A raw stream states a rate at most: times are counted from it.
    const AVRational rate = stream.avg_frame_rate.num > 0 ? stream.avg_frame_rate : stream.r_frame_rate;
    const bool untimed = std::ranges::any_of(index.order, [&](std::int32_t packet) {
        return index.packets[static_cast<std::size_t>(packet)].pts == kNoTime;
    });
    if (untimed) {
        const AVRational one = rate.num > 0 ? av_inv_q(rate) : AVRational{1, 25};
        const AVRational base{index.timeNumerator, index.timeDenominator};
        for (std::size_t i = 0; i < index.order.size(); ++i) {
            auto& packet = index.packets[static_cast<std::size_t>(index.order[i])];
            packet.pts = av_rescale_q(static_cast<std::int64_t>(i), one, base);
        }
    }
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    std::int64_t most = 0;
    for (std::size_t i = 1; i < index.order.size(); ++i) {
        const std::int64_t step = index.packets[static_cast<std::size_t>(index.order[i])].pts -
                                  index.packets[static_cast<std::size_t>(index.order[i - 1])].pts;
        least = std::min(least, step);
        most = std::max(most, step);
    }
    facts.variable = index.order.size() > 2 && most - least > std::max<std::int64_t>(2, least / 50);
    const auto& last = index.packets[static_cast<std::size_t>(index.order.back())];
    facts.durationMs = (index.timeUs(facts.frames) +
                        av_rescale_q(std::max<std::int64_t>(last.duration, 0),
                                     {index.timeNumerator, index.timeDenominator}, {1, 1'000'000})) /
                       1000;
}

} // namespace

std::int64_t Index::timeUs(std::int32_t frame) const {
    const auto at = [&](std::int32_t n) {
        return packets[static_cast<std::size_t>(order[static_cast<std::size_t>(n - 1)])].pts;
    };
    return av_rescale_q(at(frame) - at(1), {timeNumerator, timeDenominator}, {1, 1'000'000});
}

base::Expected<std::shared_ptr<const Index>> readIndex(const Bytes& bytes, std::stop_token stop) {
    auto input = Input::open(bytes);
    if (!input) {
        return tl::unexpected(input.error());
    }
    auto out = std::make_shared<Index>();
    describeStreams(**input, out->facts);
    if (avcodec_find_decoder((*input)->video()->codecpar->codec_id) == nullptr) {
        return base::fail(ErrorCode::UnsupportedFormat, kPlace, {out->facts.codec});
    }
    if (auto scanned = scanPackets(**input, *out, stop); !scanned) {
        return tl::unexpected(scanned.error());
    }
    countStreams(**input, out->facts);
    if (out->packets.empty()) {
        return base::fail(ErrorCode::Empty, kPlace, {"frames"});
    }
    if (std::ranges::any_of(out->packets, &Packet::hidden)) {
        out->facts.whole = "hidden-frames";
    }
    const bool plainOrder = std::ranges::none_of(out->packets, &Packet::hidden);
    std::vector<std::int32_t> order = plainOrder ? byTime(out->packets) : std::vector<std::int32_t>();
    bool known = false;
    if (!order.empty()) {
        const std::size_t tried = std::min(kTried, out->packets.size());
        const auto shown = decodeOrder(bytes, tried, stop);
        if (!shown) {
            return tl::unexpected(shown.error());
        }
        known = !shown->order.empty() && agrees(*out, order, *shown, tried);
        out->facts.interlaced = shown->interlaced;
    }
    if (known) {
        out->order = std::move(order);
    } else if (auto done = orderByDecoding(bytes, *out, stop); !done) {
        return tl::unexpected(done.error());
    }
    if (out->order.empty()) {
        return base::fail(ErrorCode::Malformed, kPlace, {"frames"});
    }
    if (out->coding == Coding::Other && out->facts.whole.empty()) {
        out->facts.whole = "codec";
    }
    measure(*out, *(*input)->video());
    return std::shared_ptr<const Index>(std::move(out));
}

} // namespace kamei::intake::video
