#include "core/job/TableTraits.h"

#include <map>
#include <set>
#include <unordered_map>

#include "core/base/FileIo.h"
#include "core/intake/Format.h"
#include "core/intake/text/TextSource.h"
#include "core/job/Preview.h"
#include "core/job/SessionInternals.h"
#include "core/job/SubjectCompare.h"

namespace kamei::job {
namespace {

using intake::text::Segment;
using intake::text::TextSource;
using Traits = std::map<base::SubjectId, std::vector<risk::Trait>>;

/// Chart number -> the one person who bears it (whom merged people became).
std::unordered_map<std::string, base::SubjectId> numbersOf(const std::vector<model::Subject>& cohort) {
    std::unordered_map<std::string, const model::Subject*> byPseudonym;
    for (const model::Subject& subject : cohort) {
        if (!subject.mergedInto.valid()) {
            byPseudonym.emplace(subject.pseudonym, &subject);
        }
    }
    std::unordered_map<std::string, base::SubjectId> out;
    for (const model::Subject& subject : cohort) {
        const std::string number = trimmedText(subject.hint.patientId);
        const auto person = byPseudonym.find(subject.pseudonym);
        if (number.empty() || person == byPseudonym.end()) {
            continue;
        }
        const auto [known, fresh] = out.emplace(number, person->second->id);
        if (!fresh && known->second != person->second->id) {
            known->second = {}; // of two hospitals: means nobody by itself
        }
    }
    return out;
}

/// Labels of columns, and rows that vanish or appear, so that rows can be told apart afterwards.
std::map<std::int32_t, std::set<std::string>> labelsOf(const std::vector<model::Finding>& findings) {
    std::map<std::int32_t, std::set<std::string>> out;
    for (const model::Finding& finding : findings) {
        if (finding.locator.kind == model::Locator::Kind::Column) {
            out[finding.locator.column].insert(finding.label);
        }
    }
    return out;
}

std::int64_t rowsOf(const TextSource& source) {
    std::int64_t out = 0;
    for (const Segment& cell : source.segments()) {
        out = std::max(out, cell.row + 1);
    }
    return out;
}

void readSource(const Compiled& compiled, const TextSource& before, const TextSource& after, Traits& out) {
    const auto numbers = numbersOf(compiled.cohort);
    std::unordered_map<std::string, base::SubjectId> pseudonyms;
    for (const model::Subject& subject : compiled.cohort) {
        if (!subject.mergedInto.valid()) {
            pseudonyms.emplace(subject.pseudonym, subject.id);
        }
    }
    // By the number as it stood where rows are the same ones, else by the pseudonym that took its place.
    const bool sameRows = rowsOf(before) == rowsOf(after);
    std::map<std::int64_t, base::SubjectId> people;
    for (const Segment& cell : sameRows ? before.segments() : after.segments()) {
        if (cell.role == "patient.id") {
            const std::string text = trimmedText((sameRows ? before : after).content(cell));
            const auto& by = sameRows ? numbers : pseudonyms;
            if (const auto known = by.find(text); known != by.end()) {
                people.emplace(cell.row, known->second);
            }
        }
    }
    const auto labels = labelsOf(compiled.findings);
    for (const Segment& cell : after.segments()) {
        const auto label = labels.find(cell.column);
        if (label == labels.end() || (after.hasHeader() && cell.row == 0)) {
            continue;
        }
        const auto person = people.find(cell.row);
        const base::SubjectId subject = person != people.end() ? person->second : compiled.asset.subject;
        if (!subject.valid()) {
            continue;
        }
        for (const std::string& name : label->second) {
            if (auto trait = risk::traitOfCell(name, after.content(cell), compiled.asset.id)) {
                out[subject].push_back(std::move(*trait));
            }
        }
    }
}

} // namespace

base::Expected<std::vector<risk::SubjectTraits>> tableTraits(Session& session, const AssetRow& row) {
    Session::Internals& internals = session.internals();
    {
        const std::lock_guard lock(internals.tableTraitsMutex);
        const auto known = internals.tableTraits.find(row.asset.id);
        if (known != internals.tableTraits.end() && known->second.first == row.asset.revision) {
            return known->second.second;
        }
    }
    const auto sources = session.sources(row.asset.id);
    if (!sources) {
        return tl::unexpected(sources.error());
    }
    Traits traits;
    for (const model::Source& source : *sources) {
        const auto compiled = compileFor(session, row.asset, source.format);
        if (!compiled) {
            return tl::unexpected(compiled.error());
        }
        auto original = intake::readContent(source);
        auto processed = previewBytes(**compiled, source);
        if (!original || !processed) {
            return tl::unexpected(original ? processed.error() : original.error());
        }
        const auto before = TextSource::read(std::move(*original), source.format);
        const auto after = TextSource::read(std::move(*processed), source.format);
        if (!before || !after) {
            return tl::unexpected(before ? after.error() : before.error());
        }
        readSource(**compiled, *before, *after, traits);
    }
    std::vector<risk::SubjectTraits> out;
    for (auto& [subject, values] : traits) {
        out.push_back({subject, std::move(values)});
    }
    const std::lock_guard lock(internals.tableTraitsMutex);
    internals.tableTraits.insert_or_assign(row.asset.id, std::pair(row.asset.revision, out));
    return out;
}

} // namespace kamei::job
