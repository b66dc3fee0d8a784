#include "core/transform/video/Pieces.h"

#include <algorithm>

namespace kamei::transform::video {

using intake::video::Index;

std::vector<Piece> piecesOf(const Index& index, const std::vector<bool>& touched) {
    const auto count = index.order.size();
    if (std::ranges::find(touched, true) == touched.end()) {
        return {};
    }
    if (!index.facts.whole.empty()) {
        return {{1, static_cast<std::int32_t>(count)}};
    }
    // Places in decoding order, without packets of which nothing is shown.
    std::vector<std::size_t> place(count);
    std::size_t next = 0;
    for (const auto& packet : index.packets) {
        if (packet.frame > 0) {
            place[static_cast<std::size_t>(packet.frame - 1)] = next++;
        }
    }
    // begins[i]: frames 1..i are the first i packets. restarts[i]: frame i + 1 restarts and all later frames
    // follow.
    std::vector<bool> begins(count);
    std::vector<bool> restarts(count);
    std::size_t most = 0;
    for (std::size_t i = 0; i < count; ++i) {
        begins[i] = i == 0 || most + 1 == i;
        most = std::max(most, place[i]);
    }
    std::size_t least = count;
    for (std::size_t i = count; i-- > 0;) {
        least = std::min(least, place[i]);
        restarts[i] = least == place[i] && index.packets[static_cast<std::size_t>(index.order[i])].restart;
    }
    std::vector<Piece> out;
    for (std::size_t i = 0; i < count; ++i) {
        if (!touched[i]) {
            continue;
        }
        std::size_t first = i;
        while (!begins[first]) {
            --first;
        }
        std::size_t end = i + 1;
        while (end < count && !restarts[end]) {
            ++end;
        }
        const Piece piece{static_cast<std::int32_t>(first + 1), static_cast<std::int32_t>(end)};
        if (!out.empty() && piece.first <= out.back().last + 1) {
            out.back().last = std::max(out.back().last, piece.last);
        } else {
            out.push_back(piece);
        }
        i = end - 1; // what lies up to the restart is in the piece
    }
    return out;
}

std::vector<std::int64_t> decodingTimes(const std::vector<std::int64_t>& presentation,
                                        std::vector<std::int64_t> decoding) {
    bool serves = decoding.size() == presentation.size();
    for (std::size_t i = 0; serves && i < decoding.size(); ++i) {
        serves = decoding[i] != intake::video::kNoTime && decoding[i] <= presentation[i] &&
                 (i == 0 || decoding[i] > decoding[i - 1]);
    }
    if (serves) {
        return decoding;
    }
    // Presentation times in order, all earlier by what reordering needs.
    decoding = presentation;
    std::ranges::sort(decoding);
    std::int64_t early = 0;
    for (std::size_t i = 0; i < decoding.size(); ++i) {
        early = std::max(early, decoding[i] - presentation[i]);
    }
    for (std::int64_t& time : decoding) {
        time -= early;
    }
    return decoding;
}

} // namespace kamei::transform::video
