#include "core/detect/volume/FaceFindings.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/Digest.h"
#include "core/detect/volume/Vectors.h"
#include "core/intake/volume/Series.h"

namespace kamei::detect::volume {
namespace {

using base::ErrorCode;
using intake::volume::Listing;
using intake::volume::VolumeInfo;
using model::Action;

constexpr std::int32_t kFirstSlices = 16; // of a first look
constexpr double kFineMm = 1.2;           // slices closer together are left out: pictures show no more
constexpr std::size_t kMostJudged = 4;    // volumes of one asset
constexpr double kLeastMm = 50;           // of a volume: what is smaller shows no face
constexpr double kUnclear = 0.3;          // confidence of what could not be told
constexpr std::size_t kMostRuns = 16;

class Finder {
public:
    Finder(std::span<const model::Source> sources, std::optional<bool> head, const Context& context)
        : m_sources(sources), m_head(head), m_context(context) {}

    base::Expected<std::vector<model::Finding>> find(const model::Asset& asset) {
        auto listing = intake::volume::listVolumes(asset, m_sources, m_context.stop);
        if (!listing) {
            if (listing.error().code == ErrorCode::Cancelled) {
                return tl::unexpected(listing.error());
            }
            Listing none;
            none.problems.emplace_back("unreadable");
            listing = std::move(none);
        }
        m_listing = std::move(*listing);
        if (m_head.value_or(true)) {
            renderings();
        }
        if (auto judged = volumes(); !judged) {
            return tl::unexpected(judged.error());
        }
        return std::move(m_out);
    }

private:
    [[nodiscard]] base::Expected<void> volumes() {
        bool any = false;
        bool unreadable = false;
        FaceAssessment best;
        best.verdict = FaceVerdict::None;
        std::optional<std::size_t> at;
        std::size_t judged = 0;
        bool left = false;
        std::set<std::array<std::int32_t, 3>> seen;
        for (std::size_t i = 0; i < m_listing.volumes.size(); ++i) {
            const VolumeInfo& info = m_listing.volumes[i];
            if (!mayShowFace(info.geometry)) {
                continue;
            }
            // Of repetitions at the same places (echoes, times) the first two are enough.
            const bool again = !seen.insert(info.geometry.size).second;
            if (judged >= kMostJudged || (again && judged >= 2)) {
                left = left || !again;
                continue;
            }
            auto face = judge(i);
            if (!face) {
                if (face.error().code == ErrorCode::Cancelled) {
                    return tl::unexpected(face.error());
                }
                unreadable = true;
                continue;
            }
            ++judged;
            if (!*face) {
                continue; // no head
            }
            any = true;
            const bool better = !at || rank((*face)->verdict) > rank(best.verdict) ||
                                ((*face)->verdict == best.verdict && (*face)->score > best.score);
            if (better) {
                best = std::move(**face);
                at = i;
            }
            if (best.verdict == FaceVerdict::Face) {
                break;
            }
        }
        const auto problems = defects();
        // What could not be judged stays open unless the header says that it is another part of the body.
        const bool hidden = unreadable || left || !problems.empty() || m_listing.volumes.empty();
        const bool onlyRenderings =
            m_listing.volumes.empty() && problems.empty() && !m_listing.places.empty();
        if (best.verdict != FaceVerdict::Face && hidden && !onlyRenderings && m_head.value_or(true)) {
            best.verdict = FaceVerdict::Unclear;
            best.notes.insert(best.notes.end(), problems.begin(), problems.end());
            if (unreadable) {
                best.notes.emplace_back("unreadable");
            }
            if (left) {
                best.notes.emplace_back("more-volumes");
            }
            if (m_listing.places.empty() && problems.empty()) {
                best.notes.emplace_back("no-pictures");
            }
            any = true;
        }
        if (any && (best.verdict != FaceVerdict::None || m_head == true)) {
            add(best, at);
        }
        return {};
    }

    static int rank(FaceVerdict verdict) {
        return verdict == FaceVerdict::Face ? 2 : verdict == FaceVerdict::Unclear ? 1 : 0;
    }

    /// Nothing: what it shows is no head, or none is seen where the header says that it is something else.
    base::Expected<std::optional<FaceAssessment>> judge(std::size_t index) {
        const VolumeInfo& info = m_listing.volumes[index];
        if (m_head != true) {
            const std::int32_t every = std::max(1, info.geometry.size[2] / kFirstSlices);
            const auto first =
                intake::volume::readVolume(m_listing, index, m_sources, m_context.stop, nullptr, every);
            if (!first) {
                return tl::unexpected(first.error());
            }
            const auto head = findHead(*first, m_context.stop);
            if (!head && head.error().code != ErrorCode::NotPossible) {
                return tl::unexpected(head.error());
            }
            const bool none =
                head ? !hasHeadSize(*head) : m_head.has_value() || head.error().args.front() == "no-tissue";
            if (none) {
                return std::optional<FaceAssessment>();
            }
        }
        const double spacing = norm(info.geometry.axes[2]);
        const auto every = std::max(1, static_cast<std::int32_t>(kFineMm / std::max(spacing, 1e-3)));
        const auto volume =
            intake::volume::readVolume(m_listing, index, m_sources, m_context.stop, nullptr, every);
        if (!volume) {
            return tl::unexpected(volume.error());
        }
        FaceSearchOptions options;
        options.stop = m_context.stop;
        options.asStated = m_head == false;
        auto face = assessFace(*volume, options);
        if (!face) {
            return tl::unexpected(face.error());
        }
        for (const std::string& note : info.notes) {
            face->notes.push_back(note);
        }
        constexpr double kHint = 0.4;
        if (m_head == false && face->score < kHint) {
            return std::optional<FaceAssessment>();
        }
        return std::optional(std::move(*face));
    }

    /// Why frames are in no volume, but for pictures that are none.
    [[nodiscard]] std::vector<std::string> defects() const {
        std::vector<std::string> out;
        std::ranges::copy_if(m_listing.problems, std::back_inserter(out), [](const std::string& word) {
            return word != "localizer" && word != "projection" && word != "rendering";
        });
        return out;
    }

    [[nodiscard]] model::Finding finding(std::string_view label) const {
        model::Finding out;
        out.locator.kind = model::Locator::Kind::Asset;
        out.label = label;
        out.rule = kFaceRule;
        const guideline::Rule* row = m_context.rules.find(kFaceRule);
        out.category = row == nullptr ? model::Category::QuasiIdentifier : row->category;
        out.requirement = row == nullptr ? model::Requirement::Conditional : row->requirement;
        out.detector = "volume.face";
        out.origin = model::Origin::Face;
        out.instances = static_cast<std::int64_t>(m_sources.size());
        return out;
    }

    [[nodiscard]] Action wanted() const {
        const auto& overrides = m_context.policy.overrides;
        const auto found = overrides.find(std::string(kFaceRule));
        return found == overrides.end() ? Action::Keep : found->second.action;
    }

    void add(const FaceAssessment& face, std::optional<std::size_t> at) {
        model::Finding out = finding("FaceSurface");
        out.text = word(face.verdict);
        out.confidence = face.verdict == FaceVerdict::Unclear ? std::max(face.score, kUnclear) : face.score;
        // Nothing is defaced by guess: where no face was found, its place is not known.
        out.suggested = out.action = face.verdict == FaceVerdict::Face ? wanted() : Action::Keep;
        nlohmann::json best = nlohmann::json::array();
        for (const JudgedView& view : face.best) {
            best.push_back({{"yaw", view.yaw}, {"pitch", view.pitch}, {"score", rounded(view.score)}});
        }
        std::vector<std::string> notes;
        for (const std::string& note : face.notes) {
            if (std::ranges::find(notes, note) == notes.end()) {
                notes.push_back(note);
            }
        }
        const FaceCoverage& c = face.coverage;
        nlohmann::json detail{{"verdict", word(face.verdict)},
                              {"score", rounded(face.score)},
                              {"threshold", rounded(face.threshold)},
                              {"views", face.views},
                              {"found", face.found},
                              {"coverage",
                               {{"forehead", rounded(c.forehead)},
                                {"eyes", rounded(c.eyes)},
                                {"nose", rounded(c.nose)},
                                {"mouth", rounded(c.mouth)},
                                {"chin", rounded(c.chin)},
                                {"ears", rounded(c.ears)}}},
                              {"notes", notes},
                              {"best", best}};
        if (at) {
            const auto& geometry = m_listing.volumes[*at].geometry;
            detail["volume"] = *at;
            detail["size"] = geometry.size;
            detail["spacingMm"] = {rounded(norm(geometry.axes[0])), rounded(norm(geometry.axes[1])),
                                   rounded(norm(geometry.axes[2]))};
        }
        out.detail = detail.dump();
        m_out.push_back(std::move(out));
    }

    static double rounded(double value) { return std::round(value * 1000) / 1000; }

    /// Runs of frames that are no slices but pictures of the body: counted over all sources, from 1.
    void renderings() {
        struct Run {
            std::string kind;
            model::FrameRange frames;
            std::int32_t columns = 0, rows = 0;
        };
        std::vector<Run> runs;
        std::int32_t number = 0;
        bool all = true;
        for (const auto& place : m_listing.places) {
            ++number;
            if (place.rendering.empty() || place.rendering == "mosaic") {
                all = false;
                continue;
            }
            if (!runs.empty() && runs.back().kind == place.rendering &&
                runs.back().frames.last == number - 1) {
                runs.back().frames.last = number;
            } else {
                runs.push_back(
                    {place.rendering, {number, number}, place.geometry.size[0], place.geometry.size[1]});
            }
        }
        if (runs.empty()) {
            return;
        }
        if (runs.size() > kMostRuns || (all && runs.size() == 1)) {
            runs = {{runs.front().kind, {}, runs.front().columns, runs.front().rows}};
        }
        for (const Run& run : runs) {
            model::Finding out = finding("FaceRendering");
            out.locator.kind = model::Locator::Kind::Pixels;
            out.locator.rect = {0, 0, run.columns, run.rows};
            out.locator.frames = run.frames;
            out.text = run.kind;
            out.confidence = kUnclear;
            out.suggested = out.action = wanted() == Action::Keep ? Action::Keep : Action::Mask;
            const std::int64_t count = run.frames.all() ? number : run.frames.last - run.frames.first + 1;
            out.detail = nlohmann::json{{"kind", run.kind}, {"frames", count}}.dump();
            m_out.push_back(std::move(out));
        }
    }

    std::span<const model::Source> m_sources;
    std::optional<bool> m_head;
    const Context& m_context;
    Listing m_listing;
    std::vector<model::Finding> m_out;
};

/// What was found lately, by what it was found in: detection runs again when more is known of people, which
/// changes nothing about faces.
class Lately {
public:
    std::optional<std::vector<model::Finding>> find(const std::string& key) {
        const std::lock_guard lock(m_mutex);
        const auto found = m_findings.find(key);
        return found == m_findings.end() ? std::nullopt : std::optional(found->second);
    }
    void keep(const std::string& key, const std::vector<model::Finding>& findings) {
        constexpr std::size_t kMost = 2000;
        const std::lock_guard lock(m_mutex);
        if (m_findings.size() >= kMost) {
            m_findings.clear();
        }
        m_findings.insert_or_assign(key, findings);
    }

private:
    std::mutex m_mutex;
    std::map<std::string, std::vector<model::Finding>, std::less<>> m_findings;
};

/// Empty where some source was never read whole: then it is looked at again.
std::string keyOf(std::span<const model::Source> sources, std::optional<bool> head, const Context& context) {
    base::Sha256Hasher hasher;
    hasher.update(head ? (*head ? "head" : "other") : "unknown");
    const auto wanted = context.policy.overrides.find(std::string(kFaceRule));
    if (wanted != context.policy.overrides.end()) {
        hasher.update(model::word(wanted->second.action));
    }
    for (const model::Source& source : sources) {
        if (source.sha256.isZero()) {
            return {};
        }
        hasher.update(source.sha256.bytes);
    }
    return hasher.finish().hex();
}

} // namespace

bool mayShowFace(const model::VolumeGeometry& geometry) {
    for (std::size_t axis = 0; axis < 2; ++axis) {
        if (norm(geometry.axes[axis]) * geometry.size[axis] < kLeastMm) {
            return false;
        }
    }
    return true;
}

base::Expected<std::vector<model::Finding>> faceFindings(const model::Asset& asset,
                                                         std::span<const model::Source> sources,
                                                         std::optional<bool> head, const Context& context) {
    static Lately lately;
    const std::string key = keyOf(sources, head, context);
    if (auto known = key.empty() ? std::nullopt : lately.find(key)) {
        return std::move(*known);
    }
    auto found = Finder(sources, head, context).find(asset);
    if (found && !key.empty()) {
        lately.keep(key, *found);
    }
    return found;
}

} // namespace kamei::detect::volume
