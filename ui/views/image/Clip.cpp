#include "ui/views/image/Clip.h"

#include <algorithm>

namespace kamei::ui::views::image {
namespace {

constexpr std::int64_t kMs = 1000; ///< microseconds

} // namespace

model::Mute::Range Clip::soundOf(int first, int last) const {
    // Rounded outwards: a moment too much is silent rather than heard.
    const std::int64_t from = timesUs[static_cast<std::size_t>(first) - 1] / kMs;
    return {first <= 1 ? 0 : from,
            last >= frames ? model::Mute::kEndMs : (timesUs[static_cast<std::size_t>(last)] + kMs - 1) / kMs};
}

double Clip::placeOf(std::int64_t ms) const {
    if (!timed()) {
        return rate > 0 ? std::min(1 + static_cast<double>(ms) * rate / 1000, frames + 1.0) : 1;
    }
    const auto next = std::ranges::upper_bound(timesUs, ms * kMs);
    if (next == timesUs.begin()) {
        return 1;
    }
    const auto frame = static_cast<double>(next - timesUs.begin());
    if (next == timesUs.end()) {
        return ms * kMs > timesUs.back() ? frame + 1 : frame;
    }
    const auto begins = static_cast<double>(*(next - 1));
    return frame + (static_cast<double>(ms * kMs) - begins) / (static_cast<double>(*next) - begins);
}

QString Clip::clockText(std::int64_t ms) {
    return QStringLiteral("%1:%2:%3.%4")
        .arg(ms / 3'600'000, 2, 10, QLatin1Char('0'))
        .arg(ms / 60'000 % 60, 2, 10, QLatin1Char('0'))
        .arg(ms / 1000 % 60, 2, 10, QLatin1Char('0'))
        .arg(ms % 1000, 3, 10, QLatin1Char('0'));
}

} // namespace kamei::ui::views::image
