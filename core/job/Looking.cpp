#include "core/job/Looking.h"

#include <algorithm>
#include <map>

#include "core/intake/Format.h"
#include "core/intake/Shown.h"
#include "core/job/Preview.h"
#include "core/job/SessionInternals.h"
#include "core/job/StagePlanner.h"
#include "core/transform/Deletion.h"
#include "core/transform/dicom/Preview.h"

namespace kamei::job {
namespace {

using model::Source;

struct Opened {
    AssetRow row;
    std::vector<Source> sources;
};

base::Expected<Opened> openAsset(const Session& session, base::AssetId id) {
    auto row = session.asset(id);
    auto sources = session.sources(id);
    if (!row || !sources) {
        return tl::unexpected(row ? sources.error() : row.error());
    }
    if (!*row || sources->empty()) {
        return base::fail(base::ErrorCode::NotFound, "job.looking");
    }
    return Opened{std::move(**row), std::move(*sources)};
}

/// The staged file of a source when it reflects the present decisions, in the shape of a source.
base::Expected<std::optional<Source>> stagedSource(const Session& session, const Opened& opened,
                                                   const Source& source) {
    if (opened.row.stale) {
        return std::optional<Source>();
    }
    const auto files = session.staged(opened.row.asset.id);
    if (!files) {
        return tl::unexpected(files.error());
    }
    const auto file = std::ranges::find(*files, source.id, &model::StagedFile::source);
    if (file == files->end()) {
        return std::optional<Source>();
    }
    Source out = source;
    out.path = session.folder() / file->path;
    out.member.clear();
    const auto stamp = base::fileStamp(out.path);
    if (!stamp) {
        return std::optional<Source>();
    }
    out.stamp = *stamp;
    out.sha256 = file->sha256;
    return std::optional(std::move(out));
}

/// Format in which transform::deletionRecord writes.
constexpr std::string_view kRecord = "text";

bool isDeleted(const Session& session, base::AssetId asset) {
    FindingQuery query;
    query.asset = asset;
    const auto findings = session.findings(query);
    return findings && transform::wholeDeletion(asStaged(*findings)) != nullptr;
}

base::Expected<ShownText> readText(std::string bytes, std::string_view format, bool preview) {
    auto text = intake::readShown(std::move(bytes), format);
    if (!text) {
        return tl::unexpected(text.error());
    }
    return ShownText{std::move(*text), preview};
}

AttributeLine lineOf(transform::dicom::PreviewLine&& line) {
    AttributeLine out;
    out.path = std::move(line.path);
    out.tag = std::move(line.tag);
    out.vr = std::move(line.vr);
    out.keyword = std::move(line.keyword);
    out.name = std::move(line.name);
    out.creator = std::move(line.creator);
    out.depth = line.depth;
    out.isPrivate = line.isPrivate;
    out.isSequence = line.isSequence;
    out.isItem = line.isItem;
    out.before = std::move(line.before);
    out.after = std::move(line.after);
    out.removed = line.removed;
    out.added = line.added;
    out.changed = line.changed;
    return out;
}

/// Ties lines to findings, and notes what the findings know of the other instances.
void addFindings(std::vector<AttributeLine>& lines, const std::vector<model::Finding>& findings) {
    // Paths with "[*]" stand for many lines; all others are looked up.
    std::map<std::string_view, const model::Finding*> exact;
    std::vector<const model::Finding*> patterns;
    for (const model::Finding& finding : findings) {
        if (finding.locator.kind != model::Locator::Kind::Attribute) {
            continue;
        }
        if (finding.locator.path.find("[*]") == std::string::npos) {
            exact.emplace(finding.locator.path, &finding);
        } else {
            patterns.push_back(&finding);
        }
    }
    for (AttributeLine& line : lines) {
        const model::Finding* found = nullptr;
        if (const auto match = exact.find(line.path); match != exact.end()) {
            found = match->second;
        } else if (const auto pattern = std::ranges::find_if(patterns,
                                                             [&](const model::Finding* finding) {
                                                                 return transform::dicom::pathMatches(
                                                                     finding->locator.path, line.path);
                                                             });
                   pattern != patterns.end()) {
            found = *pattern;
        }
        if (found != nullptr) {
            line.finding = found->id;
            line.varies = found->distinctValues > 1;
        }
    }
}

std::vector<AttributeLine> linesOf(std::vector<transform::dicom::PreviewLine> lines,
                                   const std::vector<model::Finding>& findings) {
    std::vector<AttributeLine> out;
    out.reserve(lines.size());
    for (auto& line : lines) {
        out.push_back(lineOf(std::move(line)));
    }
    addFindings(out, findings);
    return out;
}

/// What no finding speaks of is compared with another instance of the series.
base::Expected<void> addVariation(std::vector<AttributeLine>& lines, const Source& other,
                                  const transform::Transform& transform) {
    const auto theirs = transform::dicom::previewDicom(other, transform);
    if (!theirs) {
        return tl::unexpected(theirs.error());
    }
    std::map<std::string_view, std::string_view> values;
    for (const auto& line : *theirs) {
        values.emplace(line.path, line.before);
    }
    for (AttributeLine& line : lines) {
        if (const auto value = values.find(line.path);
            value != values.end() && value->second != line.before) {
            line.varies = true;
        }
    }
    return {};
}

} // namespace

base::Expected<std::vector<AttributeLine>> linesOf(const Source& source,
                                                   const transform::Transform& transform,
                                                   const std::vector<model::Finding>& findings) {
    auto preview = transform::dicom::previewDicom(source, transform);
    if (!preview) {
        return tl::unexpected(preview.error());
    }
    return linesOf(std::move(*preview), findings);
}

base::Expected<std::vector<AttributeLine>> attributes(Session& session, base::AssetId asset,
                                                      std::int64_t sourceIndex) {
    const auto opened = openAsset(session, asset);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    if (sourceIndex < 0 || sourceIndex >= static_cast<std::int64_t>(opened->sources.size())) {
        return base::fail(base::ErrorCode::InvalidArgument, "job.looking");
    }
    const Source& source = opened->sources[static_cast<std::size_t>(sourceIndex)];
    const auto compiled = compileFor(session, opened->row.asset, source.format);
    if (!compiled) {
        return tl::unexpected(compiled.error());
    }
    const auto staged = stagedSource(session, *opened, source);
    if (!staged) {
        return tl::unexpected(staged.error());
    }
    auto out = [&]() -> base::Expected<std::vector<AttributeLine>> {
        if (!*staged) {
            return linesOf(source, *(*compiled)->transform, (*compiled)->findings);
        }
        auto lines = transform::dicom::compareDicom(source, **staged);
        if (!lines) {
            return tl::unexpected(lines.error());
        }
        return linesOf(std::move(*lines), (*compiled)->findings);
    }();
    if (out && opened->sources.size() > 1) {
        const Source& other = sourceIndex == 0 ? opened->sources.back() : opened->sources.front();
        if (auto done = addVariation(*out, other, *(*compiled)->transform); !done) {
            return tl::unexpected(done.error());
        }
    }
    return out;
}

base::Expected<std::vector<AttributeLine>> attributesOfAll(Session& session, base::AssetId asset) {
    const auto sources = session.sources(asset);
    if (!sources) {
        return tl::unexpected(sources.error());
    }
    if (sources->size() < 2) {
        return attributes(session, asset, 0);
    }
    std::vector<AttributeLine> out;
    for (std::size_t i = 0; i < sources->size(); ++i) {
        auto lines = attributes(session, asset, static_cast<std::int64_t>(i));
        if (!lines) {
            return lines;
        }
        AttributeLine head;
        head.path = "#[" + std::to_string(i) + "]";
        head.isItem = true;
        out.push_back(std::move(head));
        for (AttributeLine& line : *lines) {
            ++line.depth;
            out.push_back(std::move(line));
        }
    }
    return out;
}

base::Expected<ShownText> textOf(Session& session, base::AssetId asset, Side side) {
    const auto opened = openAsset(session, asset);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    if (opened->sources.size() > 1) {
        // Shown would be the first, confirmed all of them.
        return base::fail(base::ErrorCode::NotPossible, "job.looking", {"sources"});
    }
    const Source& source = opened->sources.front();
    if (side == Side::After) {
        const auto staged = stagedSource(session, *opened, source);
        if (!staged) {
            return tl::unexpected(staged.error());
        }
        if (!*staged) {
            const auto compiled = compileFor(session, opened->row.asset, source.format);
            if (!compiled) {
                return tl::unexpected(compiled.error());
            }
            auto bytes = previewBytes(**compiled, source);
            const bool record = !(*compiled)->transform->deletedUnder().empty();
            return bytes ? readText(std::move(*bytes), record ? kRecord : source.format, true)
                         : tl::unexpected(bytes.error());
        }
        // What is deleted as a whole leaves a record in plain text, whatever it was.
        const bool record = isDeleted(session, opened->row.asset.id);
        auto bytes = intake::readContent(**staged);
        if (bytes && base::sha256(std::string_view(*bytes)) != (*staged)->sha256) {
            return base::fail(base::ErrorCode::WorkspaceDamaged, "job.looking");
        }
        return bytes ? readText(std::move(*bytes), record ? kRecord : source.format, false)
                     : tl::unexpected(bytes.error());
    }
    if (source.format == "sequences") {
        return readText({}, source.format, false); // of any size, and not shown
    }
    auto bytes = intake::readContent(source);
    return bytes ? readText(std::move(*bytes), source.format, false) : tl::unexpected(bytes.error());
}

} // namespace kamei::job
