#include "core/detect/vision/FrameText.h"

#include <algorithm>
#include <opencv2/core.hpp>

#include "core/detect/vision/Planes.h"
#include "core/detect/vision/TextLines.h"

namespace kamei::detect::vision {
namespace {

constexpr double kMostHeight = 0.12; // of a line that is hardly read, as a share of the picture
constexpr double kReadSurely = 0.8;

constexpr double kLikely = 0.5;
constexpr double kSurely = 0.95;
constexpr double kHardlyTexture = 0.99; // of what nobody can read and what is gone after a moment

cv::Rect rectOf(const model::RectPx& r) {
    return {r.x, r.y, r.width, r.height};
}

/// Room around letters: their soft edges and what compression spread of them must be covered too.
model::RectPx padded(const TextBox& box, const cv::Size& size) {
    const int thick = box.vertical ? box.rect.width : box.rect.height;
    const int room = 2 + thick / 6;
    const cv::Rect grown = cv::Rect(box.rect.x - room, box.rect.y - room, box.rect.width + 2 * room,
                                    box.rect.height + 2 * room) &
                           cv::Rect({0, 0}, size);
    return {grown.x, grown.y, grown.width, grown.height};
}

/// Whether two places are one: they share most of the smaller.
bool samePlace(const model::RectPx& a, const model::RectPx& b) {
    const int shared = (rectOf(a) & rectOf(b)).area();
    return shared > 0.5 * std::max(rectOf(a).area(), rectOf(b).area());
}

bool isLess(TextRank a, TextRank b) { // Known comes first
    return static_cast<int>(a) < static_cast<int>(b);
}

} // namespace

struct FrameTextFinder::State {
    State(std::span<const model::KnownIdentifier> known, std::int32_t together, bool ofSlices)
        : ranker(known), most(std::max(1, together)), slices(ofSlices) {}

    TextRanker ranker;
    std::int32_t most;
    bool slices;
    std::vector<cv::Mat> brightest; ///< over the frames laid together, for each plane
    std::vector<cv::Mat> darkest;
    std::int32_t first = 0;
    std::int32_t last = 0;
    bool reads = true; ///< false once letters could not be read for want of Tesseract's data
    std::vector<FrameText> found;

    bool fits(const std::vector<cv::Mat>& planes) const {
        return !brightest.empty() && brightest.size() == planes.size() &&
               brightest.front().size() == planes.front().size() && last - first + 1 < most;
    }

    void lay(const std::vector<cv::Mat>& planes) {
        for (std::size_t i = 0; i < planes.size(); ++i) {
            brightest[i] = cv::max(brightest[i], planes[i]);
            darkest[i] = cv::min(darkest[i], planes[i]);
        }
    }

    void flush() {
        if (brightest.empty()) {
            return;
        }
        const bool laidOver = last > first;
        if (!laidOver) {
            look(brightest, Trust::Strokes);
        } else if (slices) {
            look(darkest, Trust::Likely);
            look(brightest, Trust::Reading);
        } else {
            look(brightest, Trust::Strokes);
            look(darkest, Trust::Strokes);
        }
        brightest.clear();
        darkest.clear();
    }

    /// What it takes for a find to be proposed.
    enum class Trust {
        Strokes, ///< letters by their strokes, or read well
        Likely,  ///< those that are letters as likely as not, then the same
        Reading, ///< letters by their strokes and read well
    };

    void look(const std::vector<cv::Mat>& planes, Trust trust) {
        std::vector<TextBox> boxes = findTextIn(planes);
        const double least = trust == Trust::Strokes ? 0 : trust == Trust::Likely ? kLikely : kSurely;
        std::erase_if(boxes, [&](const TextBox& box) { return box.likeness < least; });
        // What is proposed already at this place needs no second reading; what was taken for a marker may be
        // a name now.
        std::erase_if(boxes, [&](const TextBox& box) {
            const model::RectPx rect = padded(box, planes.front().size());
            const auto known = std::ranges::find_if(found, [&](const FrameText& f) {
                return isLess(f.ranked.rank, TextRank::Marker) && samePlace(f.rect, rect);
            });
            if (known == found.end()) {
                return false;
            }
            const cv::Rect both = rectOf(known->rect) | rectOf(rect);
            known->rect = {both.x, both.y, both.width, both.height};
            known->frames.last = std::max(known->frames.last, last);
            return true;
        });
        const auto readings = readOn(planes, boxes);
        reads = reads && readings.has_value();
        for (std::size_t i = 0; i < boxes.size(); ++i) {
            FrameText text;
            text.rect = padded(boxes[i], planes.front().size());
            text.frames = {first, last};
            text.likeness = boxes[i].likeness;
            text.ranked = ranker.rank(boxes[i], readings ? &(*readings)[i] : nullptr, last > first);
            text.text = readings ? (*readings)[i].text : std::string();
            const int thick = boxes[i].vertical ? boxes[i].rect.width : boxes[i].rect.height;
            const bool tooHigh = thick > kMostHeight * std::min(planes.front().cols, planes.front().rows);
            const bool readSurely = readings && (*readings)[i].confidence >= kReadSurely;
            const bool nothing = tooHigh && text.ranked.rank >= TextRank::Words && !readSurely;
            const bool texture = text.ranked.rank == TextRank::Texture || nothing;
            const bool unread = text.ranked.rank == TextRank::Unread && readings.has_value();
            if (!texture && !(unread && trust == Trust::Reading)) {
                keep(std::move(text));
            }
        }
    }

    /// In a run what cannot be read and is gone after a moment is texture that passed by.
    void dropPassing() {
        if (!reads || most == 1 || last <= 2 * most) {
            return;
        }
        std::erase_if(found, [&](const FrameText& text) {
            return text.ranked.rank == TextRank::Unread && text.likeness < kHardlyTexture &&
                   text.frames.last - text.frames.first < most;
        });
    }

    void keep(FrameText text) {
        const auto same =
            std::ranges::find_if(found, [&](const FrameText& f) { return samePlace(f.rect, text.rect); });
        if (same == found.end()) {
            found.push_back(std::move(text));
            return;
        }
        const cv::Rect both = rectOf(same->rect) | rectOf(text.rect);
        text.rect = {both.x, both.y, both.width, both.height};
        text.frames = {std::min(same->frames.first, text.frames.first),
                       std::max(same->frames.last, text.frames.last)};
        text.likeness = std::max(text.likeness, same->likeness);
        if (!isLess(text.ranked.rank, same->ranked.rank)) {
            text.ranked = same->ranked;
            text.text = same->text;
        }
        *same = std::move(text);
    }
};

FrameTextFinder::FrameTextFinder(std::span<const model::KnownIdentifier> known, std::int32_t together,
                                 bool slices)
    : m_state(std::make_unique<State>(known, together, slices)) {}
FrameTextFinder::~FrameTextFinder() = default;

base::Expected<void> FrameTextFinder::add(const model::Raster& raster, std::int32_t frame) {
    if (!isSound(raster)) {
        return base::fail(base::ErrorCode::InvalidArgument, "detect.vision.text");
    }
    try {
        const std::vector<cv::Mat> planes = letterPlanes(raster);
        if (m_state->fits(planes)) {
            m_state->lay(planes);
        } else {
            m_state->flush();
            for (const cv::Mat& plane : planes) {
                m_state->brightest.push_back(plane.clone());
                m_state->darkest.push_back(plane.clone());
            }
            m_state->first = frame;
        }
        m_state->last = frame;
        return {};
    } catch (const cv::Exception&) {
        return base::fail(base::ErrorCode::Internal, "detect.vision.text");
    }
}

base::Expected<std::vector<FrameText>> FrameTextFinder::finish() {
    try {
        m_state->flush();
        m_state->dropPassing();
        return std::move(m_state->found);
    } catch (const cv::Exception&) {
        return base::fail(base::ErrorCode::Internal, "detect.vision.text");
    }
}

} // namespace kamei::detect::vision
