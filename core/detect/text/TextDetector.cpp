#include "core/detect/text/TextDetector.h"

#include <algorithm>
#include <mutex>

#include "core/base/Resources.h"
#include "core/detect/known/Spellings.h"
#include "core/detect/text/Mentions.h"
#include "core/detect/text/Units.h"
#include "core/detect/text/fields/Units.h"
#include "core/detect/text/names/Units.h"
#include "core/detect/text/places/Units.h"
#include "core/detect/text/tagger/Tagging.h"
#include "core/detect/text/values/Units.h"
#include "core/detect/text/words/Lexicon.h"
#include "core/detect/text/words/Morphemes.h"

namespace kamei::detect::text {
namespace {

// Longer texts are read in pages cut at line ends, so that memory stays flat; names found on one page
// are looked for on all that follow.
constexpr std::size_t kPageBytes = 48 * 1024;

std::size_t pageEnd(std::string_view text) {
    if (text.size() <= kPageBytes) {
        return text.size();
    }
    for (const std::string_view mark : {"\n", "。", "、", "\t", " ", "　", "|", ">", "}", ",", ";"}) {
        const std::size_t found = text.rfind(mark, kPageBytes - mark.size());
        if (found != std::string_view::npos && found > kPageBytes / 2) {
            return found + mark.size();
        }
    }
    std::size_t cut = kPageBytes;
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) {
        --cut;
    }
    return cut == 0 ? kPageBytes : cut;
}

// 山田太郎 -> 山田 太郎, where the lists say so, so that parts can be looked for.
std::string separated(const Lexicon& lexicon, const std::string& value) {
    const auto parts = known::nameParts(value);
    if (parts.size() != 1 || !parts.front().given.empty() || parts.front().surname.size() < 3) {
        return value;
    }
    const std::u32string& name = parts.front().surname;
    for (const std::size_t split : {std::size_t{2}, std::size_t{3}, std::size_t{1}, std::size_t{4}}) {
        if (split < name.size() && lexicon.isSurname(name.substr(0, split)) &&
            lexicon.isGiven(name.substr(split))) {
            return japanese::toUtf8(name.substr(0, split)) + " " + japanese::toUtf8(name.substr(split));
        }
    }
    return value;
}

} // namespace

void findByRules(Page& page, std::span<const model::KnownIdentifier> known, const known::Matcher& matcher,
                 Mentions& mentions) {
    findByRole(page);
    values::findContact(page);
    values::findDates(page);
    values::findNumbers(page);
    values::findSpokenNumbers(page);
    values::findNumberTuples(page);
    places::findAddresses(page);
    places::findLatinAddresses(page);
    findTables(page);
    places::findOrganisations(page);
    findKnown(page, known, matcher);
    names::findNames(page);
    names::findFreeNames(page);
    names::findStructureNames(page);
    names::findListedNames(page);
    names::findHonouredNames(page);
    values::findTraits(page);
    places::findOccupations(page);
    places::findCluedOrganisations(page);
    places::findResidences(page);
    values::findDays(page);
    collectMentions(page, mentions);
    spreadMentions(page, mentions);
}

struct PreparedKnown {
    explicit PreparedKnown(std::vector<model::KnownIdentifier> list)
        : identifiers(std::move(list)), matcher(identifiers) {}

    std::vector<model::KnownIdentifier> identifiers;
    known::Matcher matcher;
};

struct TextDetector::State {
    std::unique_ptr<const Lexicon> lexicon;
    std::unique_ptr<const Analyser> analyser;
    tagger::SequenceModel model;
};

TextDetector::TextDetector() : m_state(std::make_unique<State>()) {}
TextDetector::~TextDetector() = default;

base::Expected<std::shared_ptr<const TextDetector>> TextDetector::shared() {
    static std::mutex mutex;
    static std::shared_ptr<const TextDetector> instance;
    const std::lock_guard lock(mutex);
    if (instance == nullptr) {
        auto lexicon = Lexicon::load();
        if (!lexicon) {
            return tl::unexpected(lexicon.error());
        }
        auto analyser = Analyser::load();
        if (!analyser) {
            return tl::unexpected(analyser.error());
        }
        const auto bytes = base::readResource("models/text-ja.bin");
        if (!bytes) {
            return tl::unexpected(bytes.error());
        }
        auto model = tagger::SequenceModel::read(*bytes);
        if (!model) {
            return tl::unexpected(model.error());
        }
        std::shared_ptr<TextDetector> fresh(new TextDetector());
        fresh->m_state->lexicon = std::move(*lexicon);
        fresh->m_state->analyser = std::move(*analyser);
        fresh->m_state->model = std::move(*model);
        instance = std::move(fresh);
    }
    return instance;
}

std::shared_ptr<const PreparedKnown>
TextDetector::prepare(std::span<const model::KnownIdentifier> known) const {
    std::vector<model::KnownIdentifier> identifiers(known.begin(), known.end());
    for (model::KnownIdentifier& identifier : identifiers) {
        if (identifier.kind == "patient-name" || identifier.kind == "clinician" ||
            identifier.kind == "family") {
            identifier.value = separated(*m_state->lexicon, identifier.value);
        }
    }
    return std::make_shared<const PreparedKnown>(std::move(identifiers));
}

std::vector<Span> TextDetector::detect(std::string_view utf8, std::span<const model::KnownIdentifier> known,
                                       std::string_view role) const {
    return detectPrepared(utf8, *prepare(known), role);
}

std::vector<Span> TextDetector::detectPrepared(std::string_view utf8, const PreparedKnown& known,
                                               std::string_view role) const {
    std::vector<Span> out;
    Mentions mentions;
    std::int64_t offset = 0;
    while (!utf8.empty()) {
        const std::size_t length = pageEnd(utf8);
        Page page(utf8.substr(0, length), *m_state->lexicon, *m_state->analyser);
        page.role = role;
        utf8.remove_prefix(length);
        findByRules(page, known.identifiers, known.matcher, mentions);
        const std::size_t byRules = page.found.size();
        tagger::findByModel(page, m_state->model);
        names::findWholeNames(page);
        names::findLatinNames(page);
        names::findSignedNames(page);
        names::findNeighbourNames(page);
        values::addTraitsBehindNames(page, byRules);
        values::findNumbersBeside(page);
        fields::findFieldValues(page);
        for (const Candidate& c : resolve(page)) {
            out.push_back({offset + page.normalised.originalStart(c.start),
                           offset + page.normalised.originalEnd(c.end), c.label, std::min(c.confidence, 1.0),
                           std::string(c.source)});
        }
        offset += page.normalised.originalLength;
    }
    return out;
}

} // namespace kamei::detect::text
