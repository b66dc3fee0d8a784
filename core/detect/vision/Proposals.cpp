#include "core/detect/vision/Proposals.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/detect/Grading.h"
#include "core/detect/japanese/Normalise.h"
#include "core/detect/vision/Codes.h"
#include "core/detect/vision/Faces.h"
#include "core/detect/vision/Sheets.h"
#include "core/detect/vision/Tracks.h"

namespace kamei::detect::vision {
namespace {

using model::Action;
constexpr std::string_view kTextRule = "image-content.burned-in-text";

/// A proposal: a rectangle on frames, with its mask; over all frames where it was seen on the first and the
/// last.
model::Finding proposal(const model::RectPx& rect, model::FrameRange frames, std::int32_t allFrames,
                        std::string_view rule, const Context& context) {
    model::Finding out;
    if (frames.first <= 1 && frames.last >= allFrames) {
        frames = {};
    }
    out.locator.kind = model::Locator::Kind::Pixels;
    out.locator.rect = rect;
    out.locator.frames = frames;
    gradeByRule(out, rule, Action::Mask, context);
    model::Mask mask;
    mask.rect = rect;
    mask.frames = frames;
    out.detail = "{\"mask\":" + model::toJson(mask) + "}";
    out.instances = frames.all() ? std::max(1, allFrames) : frames.last - frames.first + 1;
    return out;
}

std::string shown(std::string_view utf8) {
    constexpr std::size_t kMost = 200;
    const std::u32string points = japanese::toCodePoints(utf8);
    return japanese::toUtf8(std::u32string_view(points).substr(0, kMost));
}

model::Finding findingOf(const FrameText& text, std::int32_t frames, const Context& context) {
    model::Finding out = proposal(text.rect, text.frames, frames, kTextRule, context);
    out.text = shown(text.text);
    out.label = text.ranked.label;
    out.detector = "vision.text";
    out.origin = model::Origin::Ocr;
    out.confidence = text.ranked.confidence;
    if (text.ranked.rank == TextRank::Marker) { // proposed in second strength; a site or a person may mask it
        out.requirement = model::Requirement::Conditional;
        out.suggested = out.action = Action::Keep;
    }
    return out;
}

/// Room around what was seen may reach out of a picture of width x height.
void clip(model::RectPx& rect, std::int32_t width, std::int32_t height) {
    const std::int32_t right = std::min(width, rect.x + rect.width);
    const std::int32_t bottom = std::min(height, rect.y + rect.height);
    rect.x = std::max(0, rect.x);
    rect.y = std::max(0, rect.y);
    rect.width = std::max(1, right - rect.x);
    rect.height = std::max(1, bottom - rect.y);
}

void clip(model::Mask& mask, std::int32_t width, std::int32_t height) {
    clip(mask.rect, width, height);
    for (model::TrackKey& key : mask.track) {
        clip(key.rect, width, height);
    }
}

/// A proposal of a mask that may move.
model::Finding proposalOf(model::Mask mask, const Task& task, std::string_view rule, const Context& context) {
    model::Finding out = proposal(mask.rect, mask.frames, task.frames, rule, context);
    mask.frames = out.locator.frames;
    out.locator.rect = model::boundsOf(model::everywhere(mask));
    out.detail = "{\"mask\":" + model::toJson(mask) + "}";
    return out;
}

/// Faces of all frames: one proposal a face and picture, one a face over time where frames follow each other.
class FaceList {
public:
    explicit FaceList(const Task& task) : m_task(task), m_tracks(std::max(1, task.facesEvery), task.frames) {}

    void add(const model::Raster& raster, std::int32_t frame) {
        FaceSearch how;
        // Lying faces are looked for now and then where frames follow each other: it costs as much again.
        how.turns = !m_task.moving || m_task.lying || m_looks++ % kTurnsEvery == 0;
        how.leastScore = m_task.moving ? kLeastMoving : how.leastScore;
        const auto faces = findFaces(raster, how);
        if (!faces) {
            m_failed = true;
            return;
        }
        m_width = std::max(m_width, raster.width);
        m_height = std::max(m_height, raster.height);
        if (m_task.moving) {
            std::vector<Sighting> seen;
            for (const Face& face : *faces) {
                seen.push_back({face.rect, face.score});
            }
            m_tracks.add(frame, seen, m_cuts.isNew(raster));
            return;
        }
        for (const Face& face : *faces) {
            model::Mask mask;
            mask.rect = face.rect;
            mask.frames = {frame, frame};
            m_masks.emplace_back(std::move(mask), face.score);
        }
    }

    void into(Proposals& out, const Context& context) {
        for (model::Mask& mask : m_tracks.finish()) {
            clip(mask, m_width, m_height);
            m_masks.emplace_back(std::move(mask), kTracked);
        }
        for (const auto& [mask, score] : m_masks) {
            model::Finding finding = proposalOf(mask, m_task, m_task.faceRule, context);
            finding.label = "FacePhoto";
            finding.detector = "vision.face";
            finding.origin = model::Origin::Face;
            // Texture that fills a picture is taken for a face more easily than anything else.
            const auto share = [this](const model::RectPx& rect) {
                return static_cast<double>(rect.width) * rect.height /
                       (static_cast<double>(m_width) * m_height);
            };
            bool most = mask.track.empty() && share(mask.rect) >= kMostOfPicture;
            for (const model::TrackKey& key : mask.track) {
                most = most || share(key.rect) >= kMostOfPicture;
            }
            finding.confidence = most ? std::min(score, kDoubtful) : score;
            out.findings.push_back(std::move(finding));
        }
        out.facesSearched = !m_failed && m_task.facesEvery > 0;
    }

private:
    static constexpr std::int32_t kTurnsEvery = 5;
    static constexpr double kLeastMoving = 0.6; // a frame that is missed lies between others
    static constexpr double kTracked = 0.9;
    static constexpr double kMostOfPicture = 0.6; // as decide::hidesMost
    static constexpr double kDoubtful = 0.4;
    const Task& m_task;
    TrackBuilder m_tracks;
    SceneCuts m_cuts;
    std::vector<std::pair<model::Mask, double>> m_masks;
    std::int32_t m_width = 0; ///< of the largest picture
    std::int32_t m_height = 0;
    std::int32_t m_looks = 0;
    bool m_failed = false;
};

/// Monitors and paper of photographs and videos, in second strength.
class SheetList {
public:
    explicit SheetList(const Task& task)
        : m_task(task), m_tracks(std::max(1, task.codesEvery), task.frames) {}

    void add(const model::Raster& raster, std::int32_t frame) {
        const auto sheets = findSheets(raster);
        m_width = std::max(m_width, raster.width);
        m_height = std::max(m_height, raster.height);
        if (!m_task.moving) {
            for (const model::RectPx& rect : sheets) {
                model::Mask mask;
                mask.rect = rect;
                mask.frames = {frame, frame};
                m_masks.push_back(std::move(mask));
            }
            return;
        }
        std::vector<Sighting> seen;
        for (const model::RectPx& rect : sheets) {
            seen.push_back({rect, 1.0});
        }
        m_tracks.add(frame, seen, m_cuts.isNew(raster));
    }

    void into(Proposals& out, const Context& context) {
        std::ranges::move(m_tracks.finish(), std::back_inserter(m_masks));
        for (model::Mask& mask : m_masks) {
            clip(mask, m_width, m_height);
            model::Finding finding = proposalOf(mask, m_task, kTextRule, context);
            finding.label = "SHEET";
            finding.detector = "vision.sheet";
            finding.origin = model::Origin::Ocr;
            finding.confidence = kConfidence;
            finding.requirement = model::Requirement::Conditional; // most say nothing of the patient
            finding.suggested = finding.action = Action::Keep;
            out.findings.push_back(std::move(finding));
        }
    }

private:
    static constexpr double kConfidence = 0.3;
    const Task& m_task;
    TrackBuilder m_tracks;
    SceneCuts m_cuts;
    std::vector<model::Mask> m_masks;
    std::int32_t m_width = 0; ///< of the largest picture
    std::int32_t m_height = 0;
};

/// Codes of all frames, the same one once, over the frames between its first and its last.
class CodeList {
public:
    void add(std::vector<Code>&& codes, std::int32_t frame, std::int32_t step) {
        for (Code& code : codes) {
            const auto same = std::ranges::find_if(m_rows, [&](const Row& row) {
                return row.code.text == code.text && row.last + step >= frame;
            });
            if (same == m_rows.end()) {
                m_rows.push_back({std::move(code), frame, frame});
                continue;
            }
            model::RectPx& rect = same->code.rect;
            const std::int32_t right = std::max(rect.x + rect.width, code.rect.x + code.rect.width);
            const std::int32_t bottom = std::max(rect.y + rect.height, code.rect.y + code.rect.height);
            rect.x = std::min(rect.x, code.rect.x);
            rect.y = std::min(rect.y, code.rect.y);
            rect.width = right - rect.x;
            rect.height = bottom - rect.y;
            same->last = frame;
        }
    }

    void into(Proposals& out, const Task& task, const Context& context) const {
        for (const Row& row : m_rows) {
            // Between the frames that were searched it is there too.
            const std::int32_t room = task.codesEvery - 1;
            const model::FrameRange frames{std::max(1, row.first - room),
                                           std::min(task.frames, row.last + room)};
            model::Finding finding = proposal(row.code.rect, frames, task.frames, kTextRule, context);
            finding.text = shown(row.code.text);
            finding.label = "CODE";
            finding.detector = "vision.code";
            finding.origin = model::Origin::Ocr;
            finding.confidence = 0.99;
            out.findings.push_back(std::move(finding));
            out.known.push_back({{}, "other", row.code.text, {}, {}});
            out.identifying = true;
        }
    }

private:
    struct Row {
        Code code;
        std::int32_t first = 0;
        std::int32_t last = 0;
    };
    std::vector<Row> m_rows;
};

} // namespace

base::Expected<Proposals> propose(const FrameSource& frame, const Task& task,
                                  std::span<const model::KnownIdentifier> known, const Context& context) {
    Proposals out;
    FrameTextFinder texts(known, task.together, task.slices);
    CodeList codes;
    FaceList faces(task);
    SheetList sheets(task);
    SceneCuts cuts; // from frame to frame; those above compare the frames that they look at
    for (std::int32_t number = 1; number <= task.frames; ++number) {
        if (context.stop.stop_requested()) {
            return base::fail(base::ErrorCode::Cancelled, "detect.vision");
        }
        const auto raster = frame(number);
        if (!raster || !texts.add(*raster, number)) {
            continue;
        }
        ++out.examined;
        if (task.moving && cuts.isNew(*raster)) {
            out.cuts.push_back(number);
        }
        if (task.codesEvery > 0 && (number - 1) % task.codesEvery == 0) {
            codes.add(findCodes(*raster), number, task.codesEvery);
            if (!task.slices) { // nobody sticks a label into a body
                codes.add(findMatrixCodes(*raster), number, task.codesEvery);
            }
        }
        if (task.facesEvery > 0 && (number - 1) % task.facesEvery == 0) {
            faces.add(*raster, number);
        }
        if (task.facesEvery > 0 && task.codesEvery > 0 && (number - 1) % task.codesEvery == 0) {
            sheets.add(*raster, number);
        }
    }
    faces.into(out, context);
    sheets.into(out, context);
    auto found = texts.finish();
    if (!found) {
        return tl::unexpected(found.error());
    }
    for (const FrameText& text : *found) {
        out.findings.push_back(findingOf(text, task.frames, context));
        out.identifying = out.identifying || text.ranked.rank <= TextRank::Words;
    }
    codes.into(out, task, context);
    return out;
}

} // namespace kamei::detect::vision
