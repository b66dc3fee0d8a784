#include <algorithm>

#include "core/detect/japanese/CheckDigits.h"
#include "core/detect/text/values/DateForms.h"
#include "core/detect/text/values/NumberLabels.h"
#include "core/detect/text/values/NumberShapes.h"
#include "core/detect/text/values/Units.h"

namespace kamei::detect::text::values {
namespace {

using namespace japanese;

constexpr std::size_t kFewestBelow = 6; // digits of a number on the line below its key word

using Verdict = NumberVerdict;

// A check digit that fits raises the rank, a wrong one lowers it; neither decides.
double checked(bool fits, double with, double without) {
    return fits ? with : without;
}

bool insuranceNear(const Page& page, std::size_t at) {
    for (auto cue = page.cues.rbegin(); cue != page.cues.rend(); ++cue) {
        if (cue->end > at) {
            continue;
        }
        if (at - cue->end > 30) {
            return false;
        }
        if ((cue->bits & kind::InsuranceLabel) != 0 && (cue->bits & kind::ChartLabel) == 0) {
            return true;
        }
    }
    return false;
}

std::optional<Verdict> byShape(const Page& page, const NumberShape& shape) {
    const std::u32string_view text = page.slice(shape.start, shape.end);
    const std::string& digits = shape.digits;
    if (shape.letters == 0) {
        // 迅24-1123, 細23-0456: laboratories that number by kind.
        if (shape.start > 0 &&
            std::u32string_view(U"迅細病組剖術").find(page.before(shape.start)) !=
                std::u32string_view::npos &&
            digits.size() >= 5 && digits.size() <= 8 && text.find(U'-') == 2) {
            return Verdict{Label::ExamId, 0.6, "rule.specimen"};
        }
        if (isUid(text)) {
            return Verdict{Label::ExamId, 0.9, "rule.uid"};
        }
        if (digits.size() >= 14 && digits.size() <= 16 && isCard(digits)) {
            return Verdict{Label::CreditCard, 0.85, "rule.card"};
        }
        if (digits.size() == 12 && (isMyNumber(digits) || isDriverLicence(digits))) {
            const bool mine = isMyNumber(digits);
            return Verdict{mine ? Label::MyNumber : Label::LicenseNo, mine ? 0.75 : 0.6,
                           mine ? "rule.my-number" : "rule.licence"};
        }
        // Three groups of four: Individual Numbers are written so, and little else that is no person's.
        if (digits.size() == 12 && text.size() == 14 && !isWord(text[4]) && text[4] == text[9]) {
            return Verdict{Label::MyNumber, 0.4, "rule.my-number"};
        }
        if (digits.size() == 11 && text.size() == 11 && isResidentCode(digits)) {
            return Verdict{Label::ResidentCode, 0.55, "rule.resident-code"};
        }
        if (digits.size() == 8 && text.size() == 8 && isInsurerNumber(digits) &&
            insuranceNear(page, shape.start)) {
            return Verdict{Label::InsuranceNo, 0.7, "rule.insurance"};
        }
        return std::nullopt;
    }
    if (isPassport(text)) {
        return Verdict{Label::PassportNo, 0.5, "rule.passport"};
    }
    if (isSpecimen(text)) {
        return Verdict{Label::ExamId, text.find(U'-') != std::u32string_view::npos ? 0.6 : 0.4,
                       "rule.specimen"};
    }
    return std::nullopt;
}

// Numbers of charts and insurance carry a kanji or two: 健24-00451, 在-119, 奈添12・003456.
std::size_t withPrefix(const Page& page, std::size_t start) {
    std::size_t i = start;
    const bool hyphen = i > 0 && page.before(i) == U'-';
    if (hyphen) {
        --i;
    }
    std::size_t count = 0;
    while (i > 0 && isKanji(page.before(i)) && count < 3) {
        --i;
        ++count;
    }
    return count >= 1 && count <= 2 && page.cueTo(i + count, kind::AnyLabel | kind::NameCue) == nullptr
               ? i
               : start;
}

// "受療証 No.", "免許証(番号": the general word means what the word before it says.
const Cue* specificLabel(const Page& page, const Cue* label) {
    if (label == nullptr || (label->bits & kind::ChartLabel) == 0 || label->end - label->start > 3) {
        return label;
    }
    const Cue* const before = page.labelBefore(label->start, kind::NumberLabel & ~kind::ChartLabel, 3);
    return before != nullptr ? before : label;
}

// The key word that ends the line above, where a form leaves the value its own line.
const Cue* labelAbove(const Page& page, std::size_t start) {
    std::size_t i = page.skipBlanksBack(start);
    if (i == 0 || !isLineEnd(page.before(i))) {
        return nullptr;
    }
    i = page.skipBlanksBack(i - 1);
    if (page.before(i) == U':') {
        i = page.skipBlanksBack(i - 1);
    }
    return page.cueTo(i, kind::NumberLabel & ~kind::Decoy);
}

// № and NO. are written as part of the number; "No." leads to it.
bool isNumberSign(const Page& page, const Cue& label) {
    const std::vector<std::uint32_t>& from = page.normalised.begin;
    return page.at(label.start) == U'N' && label.end - label.start <= 3 &&
           !isWord(page.before(label.start)) &&
           (page.at(label.start + 1) == U'O' || from[label.start] == from[label.end - 1]);
}

bool endsValue(const Page& page, std::size_t end) {
    const char32_t c = page.at(end);
    return c != U'年' && c != U'月' && c != U'%' && c != U'歳' && c != U'才' && c != U'割' &&
           !page.startsWith(end, U"mg") && !page.startsWith(end, U"kg") && !page.startsWith(end, U"cm");
}

// Phones come first: "03(0798)7720" begins like a chart number.
void addPhones(Page& page) {
    for (std::size_t i = 0; i < page.text.size(); ++i) {
        const char32_t c = page.text[i];
        if ((!isDigit(c) && c != U'(' && c != U'+') || isDigit(page.before(i)) ||
            ((page.before(i) == U'-' || page.before(i) == U'.') && i > 1 && isWord(page.at(i - 2)))) {
            continue;
        }
        bool marked = false;
        const std::size_t length = readPhone(page.text, i, marked);
        const bool labelled = page.labelBefore(i, kind::PhoneLabel) != nullptr;
        if (const std::size_t loose = length == 0 && labelled ? readLoosePhone(page.text, i) : 0; loose > 0) {
            page.add(i, i + loose, Label::Phone, 0.8, "rule.phone", rank::Contact - 1);
            i += loose - 1;
            continue;
        }
        if (length == 0) {
            const std::size_t american = isLatin(page.before(i)) ? 0 : readAmericanPhone(page.text, i);
            if (american > 0) {
                page.add(i, i + american, Label::Phone, 0.85, "rule.phone-american", rank::Number);
                i += american - 1;
            }
            continue;
        }
        const bool other = page.labelBefore(i, kind::NumberLabel) != nullptr && !labelled;
        const bool attached = page.cueTo(i, kind::PhoneLabel) != nullptr;
        if (isLatin(page.before(i)) && !attached) {
            continue;
        }
        if (!marked && !labelled && (other || length != 11)) {
            continue;
        }
        page.add(i, i + length, Label::Phone,
                 labelled ? 0.97
                 : marked ? 0.93
                          : 0.6,
                 "rule.phone", other && !labelled ? rank::Cued : rank::Contact - 1);
        i += length - 1;
    }
}

// The number of a DICOM attribute (PS3.6 2024b): (0010,0020).
bool isTag(const Page& page, std::size_t i) {
    if (page.before(i) != U'(' || page.at(i + 4) != U',' || page.at(i + 9) != U')') {
        return false;
    }
    for (std::size_t k = 0; k < 9; ++k) {
        const char32_t c = page.at(i + k);
        if (k != 4 && !isDigit(c) && !((c >= U'A' && c <= U'F') || (c >= U'a' && c <= U'f'))) {
            return false;
        }
    }
    return true;
}

void addPostalCodes(Page& page) {
    for (std::size_t i = 0; i < page.text.size(); ++i) {
        const bool sign = page.text[i] == U'〒';
        const std::size_t at = sign ? page.skipBlanks(i + 1) : i;
        if (!sign && (isWord(page.before(i)) || page.before(i) == U'-' || !isDigit(page.text[i]))) {
            continue;
        }
        const std::size_t length = readPostalCode(page.text, at);
        const bool bounded = !isDigit(page.at(at + length)) && page.at(at + length) != U'-';
        const bool labelled = sign || page.labelBefore(i, kind::PostalLabel | kind::AddressLabel) != nullptr;
        // Unlabelled: only in the form 123-4567 and before a place.
        const bool place =
            length == 8 && page.lexicon.places().longest(page.text, page.skipBlanks(at + length)).length > 0;
        if (length > 0 && bounded && (labelled || place)) {
            page.add(at, at + length, Label::PostalCode, sign ? 0.98 : 0.85, "rule.postal-code",
                     rank::Contact - 1);
            i = at + length - 1;
        }
    }
}

} // namespace

std::optional<NumberVerdict> numberByLabel(const Page& page, const Cue& label, const NumberShape& shape) {
    const std::u32string_view text = page.slice(shape.start, shape.end);
    const std::string& digits = shape.digits;
    const std::uint64_t bits = label.bits;
    if ((bits & kind::MyNumberLabel) != 0 && digits.size() >= 10 && digits.size() <= 13) {
        return Verdict{Label::MyNumber, checked(isMyNumber(digits), 0.99, 0.8), "rule.my-number"};
    }
    if ((bits & kind::ResidentLabel) != 0 && digits.size() >= 9) {
        return Verdict{Label::ResidentCode, checked(isResidentCode(digits), 0.99, 0.8), "rule.resident-code"};
    }
    if ((bits & kind::PensionLabel) != 0 && digits.size() >= 6) {
        return Verdict{Label::PensionNo, checked(isPensionNumber(text, digits), 0.97, 0.8), "rule.pension"};
    }
    if ((bits & kind::LicenceLabel) != 0 && digits.size() >= 8) {
        return Verdict{Label::LicenseNo, checked(isDriverLicence(digits), 0.99, 0.85), "rule.licence"};
    }
    if ((bits & kind::PassportLabel) != 0 && text.size() >= 7) {
        return Verdict{Label::PassportNo, checked(isPassport(text), 0.98, 0.8), "rule.passport"};
    }
    if ((bits & kind::CardLabel) != 0 && digits.size() >= 12) {
        return Verdict{Label::CreditCard, checked(isCard(digits), 0.99, 0.8), "rule.card"};
    }
    if ((bits & kind::OtherNumberLabel) != 0 && text.size() >= 4) {
        return Verdict{Label::OtherNo, 0.8, "rule.other-number"};
    }
    const bool insurance = (bits & kind::InsuranceLabel) != 0 &&
                           ((bits & kind::ChartLabel) == 0 || insuranceNear(page, label.start));
    if (insurance && !text.empty()) {
        const bool fits = isInsurerNumber(digits);
        return Verdict{Label::InsuranceNo, checked(fits, 0.97, 0.85), "rule.insurance"};
    }
    if ((bits & kind::ExamLabel) != 0 && text.size() >= 4 && digits.size() >= 3) {
        return Verdict{Label::ExamId, 0.85, "rule.exam-id"};
    }
    if ((bits & kind::ChartLabel) != 0 && text.size() >= 3 && digits.size() >= 2) {
        return Verdict{Label::ChartNo, 0.9, "rule.chart-number"};
    }
    return std::nullopt;
}

void findNumbers(Page& page) {
    addPhones(page);
    addPostalCodes(page);
    for (std::size_t i = 0; i < page.text.size(); ++i) {
        const char32_t c = page.text[i];
        const bool begins =
            (isDigit(c) || (isLatin(c) && c < 0x80)) && !isDigit(page.before(i)) && !isLatin(page.before(i));
        if (!begins) {
            continue;
        }
        const auto shape = readNumberShape(page.text, i);
        if (!shape) {
            while (i + 1 < page.text.size() && isLatin(page.text[i + 1])) {
                ++i;
            }
            continue;
        }
        if (shape->spaced && isCounting(shape->digits)) {
            i = shape->end - 1;
            continue;
        }
        if (isTag(page, i)) {
            i += 8;
            continue;
        }
        const std::size_t start = withPrefix(page, i);
        if (page.taken(i, shape->end, rank::Contact - 1)) {
            i = shape->end - 1;
            continue;
        }
        const Cue* label = specificLabel(page, page.labelBefore(start, kind::NumberLabel, 8));
        NumberShape whole = *shape;
        if (label != nullptr && start != i &&
            page.slice(i, shape->end).find(U'.') == std::u32string_view::npos) {
            whole.start = start;
        } else if (label == nullptr && start != i) {
            label = page.labelBefore(i, kind::NumberLabel, 8);
        }
        if (label == nullptr && shape->digits.size() >= kFewestBelow) {
            label = labelAbove(page, whole.start);
        }
        const std::size_t next = shape->end - 1;
        // A label that is part of the run itself ("ID00458812" has none between).
        if (label == nullptr && shape->letters > 2 && page.startsWith(i, U"ID") && shape->end - i > 6 &&
            shape->digits.size() >= 4) {
            page.add(i + 2, shape->end, Label::ChartNo, 0.8, "rule.chart-number", rank::Number);
            i = next;
            continue;
        }
        if (label == nullptr && shape->letters > 0) {
            for (std::size_t k = i + 1; k < shape->end; ++k) {
                if (const Cue* const inner = page.cueTo(k, kind::NumberLabel);
                    inner != nullptr && inner->start == i && isDigit(page.text[k])) {
                    label = inner;
                    whole = readNumberShape(page.text, k).value_or(*shape);
                    break;
                }
            }
        }
        if (!endsValue(page, whole.end)) {
            i = next;
            continue;
        }
        if (label != nullptr && (label->bits & kind::Decoy) != 0) {
            i = next;
            continue;
        }
        std::optional<Verdict> verdict;
        bool labelled = false;
        if (label != nullptr) {
            const auto date = readDate(page.text, whole.start);
            const bool isDate = date && date->certain && whole.start + date->length >= whole.end;
            verdict = isDate ? std::nullopt : numberByLabel(page, *label, whole);
            labelled = verdict.has_value();
        }
        if (!verdict) {
            whole = *shape;
            verdict = shape->spaced ? std::nullopt : byShape(page, *shape);
            if (verdict && shape->letters == 0 && verdict->source == "rule.specimen") {
                --whole.start;
            }
        }
        // "№0138", "NO.118-2290": where nothing says what is counted, the sign goes with the number.
        if (verdict && labelled && label->end == whole.start && isNumberSign(page, *label)) {
            whole.start = label->start;
        }
        if (verdict) {
            page.add(whole.start, whole.end, verdict->label, verdict->confidence, verdict->source,
                     labelled ? rank::Number : rank::Shape);
        }
        i = next;
    }
}

} // namespace kamei::detect::text::values
