#include "core/detect/vision/TextRank.h"

#include <algorithm>
#include <array>
#include <memory>
#include <re2/re2.h>
#include <vector>

#include "core/detect/japanese/Normalise.h"
#include "core/detect/known/Matcher.h"
#include "core/detect/known/Spellings.h"
#include "core/detect/text/TextDetector.h"

namespace kamei::detect::vision {
namespace {

constexpr double kSurelyLetters = 0.7; // strokes alone say so (measured: texture stays below, letters above)
constexpr double kUnreadable = 0.3;    // with nothing to read by, what may be letters
constexpr double kReadWell = 0.6;
constexpr double kSurelyLaidOver = 0.95;
constexpr double kReadWellLaidOver = 0.75;
constexpr double kMarkerReadWell = 0.7;
constexpr std::size_t kLeastForms = 5; // shorter ones are near to anything

/// Letters and digits in one case: what reading letter by letter leaves comparable.
std::u32string plain(std::string_view utf8) {
    std::u32string out;
    for (char32_t c : japanese::normalise(utf8).text) {
        if (japanese::isWord(c)) {
            out += c >= U'a' && c <= U'z' ? c - 32 : c;
        }
    }
    return out;
}

/// Least number of letters to change so that `form` stands somewhere in `text`.
std::size_t distanceWithin(const std::u32string& text, const std::u32string& form) {
    std::vector<std::size_t> row(text.size() + 1, 0);
    for (std::size_t i = 1; i <= form.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= text.size(); ++j) {
            const std::size_t changed = diagonal + (form[i - 1] == text[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
        }
    }
    return *std::ranges::min_element(row);
}

/// Sides, projections and measures as devices print them: single words and numbers with units. A bare number
/// has at most three digits: chart numbers have more.
bool isMarker(const std::string& utf8) {
    static const RE2 kMarker(
        R"((?i)\s*(?:[LRAPHFSI]|LT|RT|\([LR]\)|LEFT|RIGHT|AP|PA|LAT|LL|RL|SUPINE|PRONE|ERECT|UPRIGHT|PORTABLE|)"
        R"([LR][ -]?(?:CC|MLO|ML|LM)|)"
        R"((?:(?:KVP?|MAS?|WW?|WL|C|TI[SBC]?|MI|FR|ZOOM|GAIN|GN|DR|PWR)\s*[:=]?\s*)?[-+]?\d{1,3}(?:\.\d{1,2})?\s*)"
        R"((?:KVP?|MAS?|CM/S|M/S|CM|MM|DB|K?M?HZ|%|FPS|BPM|MS|S|X|°)?|)"
        R"((?:KVP?|MAS?|WW?|WL|C)\s*[:=]?\s*[-+]?\d{1,5}(?:\.\d)?)[\s.\-]*)");
    const std::string folded = japanese::toUtf8(japanese::normalise(utf8).text);
    return RE2::FullMatch(folded, kMarker);
}

std::size_t wordsIn(const std::string& utf8) {
    return plain(utf8).size();
}

} // namespace

struct TextRanker::State {
    std::vector<model::KnownIdentifier> known;
    known::Matcher matcher;
    std::vector<std::pair<std::u32string, std::size_t>> forms; ///< and the identifier they are of
    std::shared_ptr<const text::TextDetector> detector;        ///< none without MeCab's dictionary

    explicit State(std::span<const model::KnownIdentifier> given)
        : known(given.begin(), given.end()), matcher(given) {
        for (std::size_t i = 0; i < known.size(); ++i) {
            for (const std::u32string& form : known::comparableForms(known[i])) {
                std::u32string letters = plain(japanese::toUtf8(form));
                if (letters.size() >= kLeastForms) {
                    forms.emplace_back(std::move(letters), i);
                }
            }
        }
        if (auto shared = text::TextDetector::shared()) {
            detector = std::move(*shared);
        }
    }

    /// The known identifier that a reading says, a fifth of its letters misread at most.
    const model::KnownIdentifier* saidBy(const std::string& reading) const {
        if (const auto hits = known::searchKnown(reading, matcher); !hits.empty()) {
            return &known[hits.front().identifier];
        }
        const std::u32string letters = plain(reading);
        for (const auto& [form, identifier] : forms) {
            if (letters.size() + form.size() / 5 >= form.size() &&
                distanceWithin(letters, form) <= form.size() / 5) {
                return &known[identifier];
            }
        }
        return nullptr;
    }
};

TextRanker::TextRanker(std::span<const model::KnownIdentifier> known)
    : m_state(std::make_unique<State>(known)) {}
TextRanker::~TextRanker() = default;
TextRanker::TextRanker(TextRanker&&) noexcept = default;
TextRanker& TextRanker::operator=(TextRanker&&) noexcept = default;

RankedText TextRanker::rank(const TextBox& box, const Reading* reading, bool laidOver) const {
    const auto made = [](TextRank rank, double confidence, std::string label = "BurnedInText") {
        return RankedText{rank, std::move(label), confidence};
    };
    if (reading == nullptr) {
        return made(box.likeness >= kUnreadable ? TextRank::Unread : TextRank::Texture, 0.5);
    }
    const std::size_t words = wordsIn(reading->text);
    const bool surely = box.likeness >= (laidOver ? kSurelyLaidOver : kSurelyLetters);
    const bool readWell = laidOver ? reading->confidence >= kReadWellLaidOver && words >= 3
                                   : reading->confidence >= kReadWell && words >= 2;
    if (!surely && !readWell) {
        return made(TextRank::Texture, 0);
    }
    if (const auto* known = m_state->saidBy(reading->text)) {
        return made(TextRank::Known, 0.98, std::string(text::labelWord(text::labelOfKnown(known->kind))));
    }
    if (isMarker(reading->text) && reading->confidence >= kMarkerReadWell) {
        return made(TextRank::Marker, 0.3);
    }
    if (m_state->detector != nullptr) {
        const auto spans = m_state->detector->detect(reading->text, m_state->known);
        const auto strongest = std::ranges::min_element(
            spans, {}, [](const text::Span& span) { return text::ruleFor(span.label).requirement; });
        if (strongest != spans.end()) {
            return made(TextRank::Identifier, 0.9, std::string(text::labelWord(strongest->label)));
        }
    }
    return readWell ? made(TextRank::Words, 0.7) : made(TextRank::Unread, 0.5);
}

} // namespace kamei::detect::vision
