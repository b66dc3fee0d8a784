#include "core/transform/dicom/HeaderRewriter.h"

#include <algorithm>

#include "core/detect/attribute/ValueForms.h"

/// How the values of a header are written: what one action makes of one element.
namespace kamei::transform::dicom {
namespace {

namespace dcm = intake::dicom;
namespace vr = intake::dicom::vr;
namespace tags = intake::dicom::tags;
using dcm::Element;
using model::Action;

constexpr Tag kSpecies = 0x00102201;
constexpr Tag kSpeciesCodes = 0x00102202;
constexpr Tag kResponsiblePerson = 0x00102297;
constexpr Tag kResponsibleOrganization = 0x00102299;

std::string_view rawOf(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string_view withoutPadding(std::string_view raw) {
    while (!raw.empty() && (raw.back() == ' ' || raw.back() == '\0')) {
        raw.remove_suffix(1);
    }
    return raw;
}

bool isPlain(std::string_view raw) {
    return std::ranges::all_of(
        raw, [](char c) { return static_cast<unsigned char>(c) < 0x80 && c != 0x1B && c != 0; });
}

/// Whether a value is plain and has the form of its VR: what is no number or code cannot be vouched for.
bool isSound(std::string_view value, Vr valueVr, Tag tag) {
    return isPlain(value) && detect::attribute::hasForm(value, valueVr, tag);
}

std::string_view firstCodePoints(std::string_view utf8, std::size_t most) {
    std::size_t points = 0;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        if ((static_cast<unsigned char>(utf8[i]) & 0xC0) != 0x80 && points++ == most) {
            return utf8.substr(0, i);
        }
    }
    return utf8;
}

} // namespace

void HeaderRewriter::value(const Level& in, const Element& element, const Decision& decision, Vr written,
                           Encoder& encoder) {
    // A sequence that could not be read as one, pixel data in an item, or text where numbers belong: what
    // is not understood is not copied through.
    const bool opaque = written == vr::SQ || element.kind != Element::Kind::Value ||
                        (!dcm::isTextVr(written) && dcm::isTextVr(element.vr));
    if (opaque) {
        formOf(element, written, decision.form == Form::Remove ? Form::Remove : Form::Empty, encoder);
        return;
    }
    switch (decision.action) {
    case Action::Keep:
        keep(in, element, written, encoder);
        break;
    case Action::Clean:
        clean(in, element, written, decision, encoder);
        break;
    case Action::Replace:
        replace(in, element, written, decision, encoder);
        break;
    case Action::Shift:
    case Action::Noise:
        shift(element, written, decision, encoder);
        break;
    case Action::Generalise:
        generalise(element, written, decision, encoder);
        break;
    case Action::TopCode:
        if (written == vr::AS) {
            encoder.text(element.tag, written, topCodedAge(m_instance.text(element)));
            break;
        }
        [[fallthrough]];
    default:
        formOf(element, written, decision.form, encoder);
    }
}

void HeaderRewriter::formOf(const Element& element, Vr written, Form form, Encoder& encoder) {
    // Of animals somebody has to be responsible (type 2C, PS3.3 C.7.1.1): there without a value.
    const bool responsible = element.tag == kResponsiblePerson || element.tag == kResponsibleOrganization;
    if (form == Form::Remove && responsible &&
        (find(kSpecies) != nullptr || find(kSpeciesCodes) != nullptr)) {
        form = Form::Empty;
    }
    if (form == Form::Remove) {
        return;
    }
    if (written == vr::SQ) {
        encoder.close(encoder.openSequence(element.tag));
        return;
    }
    const std::string value = form == Form::Empty
                                  ? std::string{}
                                  : dummyOf(element.tag, written, m_person, m_key, m_instance.text(element));
    encoder.text(element.tag, written, value);
}

const std::string& HeaderRewriter::decoded(const Level& in, std::string_view raw, Vr written) {
    m_cacheKey.assign(raw);
    m_cacheKey += '\0';
    m_cacheKey += std::to_string(in.setId);
    m_cacheKey += static_cast<char>(dcm::isSingleTextVr(written) ? 1 : written == vr::PN ? 2 : 3);
    const auto found = m_cache.texts.find(std::string_view(m_cacheKey));
    if (found != m_cache.texts.end()) {
        return found->second;
    }
    return m_cache.texts.emplace(m_cacheKey, in.set.decode(raw, written).utf8).first->second;
}

void HeaderRewriter::keep(const Level& in, const Element& element, Vr written, Encoder& encoder) {
    const std::span<const std::byte> bytes = m_instance.value(element);
    if (!dcm::isTextVr(written)) {
        encoder.bytes(element.tag, written, bytes, element.syntax.bigEndian && element.vr != vr::UN);
        return;
    }
    const std::string_view raw = withoutPadding(rawOf(bytes));
    if (dcm::isCharacterSetVr(written) && detect::attribute::hasForm(raw, written, element.tag)) {
        encoder.text(element.tag, written, isPlain(raw) ? raw : std::string_view(decoded(in, raw, written)));
    } else if (isSound(raw, written, element.tag)) {
        encoder.text(element.tag, written, raw);
    } else {
        formOf(element, written, Form::Empty, encoder);
    }
}

void HeaderRewriter::clean(const Level& in, const Element& element, Vr written, const Decision& decision,
                           Encoder& encoder) {
    if (!dcm::isTextVr(written)) {
        formOf(element, written, decision.form, encoder);
        return;
    }
    const std::string_view raw = withoutPadding(rawOf(m_instance.value(element)));
    if (raw.empty()) {
        encoder.text(element.tag, written, {});
        return;
    }
    const std::string_view text = isPlain(raw) ? raw : std::string_view(decoded(in, raw, written));
    const auto found =
        decision.cleaned == nullptr ? TextMap<std::string>::const_iterator{} : decision.cleaned->find(text);
    // Nobody has read this value, or what is left of a code is none.
    if (decision.cleaned == nullptr || found == decision.cleaned->end() ||
        !detect::attribute::hasForm(found->second, written, element.tag)) {
        formOf(element, written, decision.form, encoder);
        return;
    }
    // A value of which nothing is left: never empty where the type may ask for one.
    if (found->second.find_first_not_of(" \\") == std::string::npos) {
        formOf(element, written, decision.form, encoder);
        return;
    }
    const std::size_t most =
        dcm::isSingleTextVr(written) || found->second.find('\\') == std::string::npos ? longest(written) : 0;
    encoder.text(element.tag, written,
                 most == 0 ? std::string_view(found->second) : firstCodePoints(found->second, most));
}

const std::string& HeaderRewriter::newUid(std::string_view value) {
    const auto found = m_cache.uids.find(value);
    if (found != m_cache.uids.end()) {
        return found->second;
    }
    return m_cache.uids.emplace(value, replacedUids(value, m_key)).first->second;
}

void HeaderRewriter::replace(const Level& in, const Element& element, Vr written, const Decision& decision,
                             Encoder& encoder) {
    const std::string_view raw = m_instance.text(element);
    if (written == vr::UI) {
        encoder.text(element.tag, written, newUid(raw));
        return;
    }
    if (element.tag == tags::PatientName || element.tag == tags::PatientId) {
        encoder.text(element.tag, written,
                     raw.empty() ? std::string_view{} : std::string_view(m_person.pseudonym));
        return;
    }
    const bool text = written == vr::PN || written == vr::LO || written == vr::SH || written == vr::UC ||
                      written == vr::AE || written == vr::LT || written == vr::ST || written == vr::UT;
    if (!text || raw.empty()) {
        formOf(element, written, text ? Form::Empty : decision.form, encoder);
        return;
    }
    const std::string all = isPlain(raw) ? std::string(raw) : decoded(in, raw, written);
    std::string out;
    for (const std::string_view value : dcm::valuesOf(all, written)) {
        out += (out.empty() ? "" : "\\") + m_key.token(written == vr::PN ? "person" : "text", value, "K");
    }
    encoder.text(element.tag, written, out);
}

void HeaderRewriter::shift(const Element& element, Vr written, const Decision& decision, Encoder& encoder) {
    const std::string_view raw = m_instance.text(element);
    if (written == vr::DA || written == vr::DT) {
        const std::string moved = written == vr::DA ? shiftedDates(raw, m_person.shiftDays)
                                                    : shiftedDateTimes(raw, m_person.shiftDays);
        if (moved.empty() && !raw.empty()) {
            formOf(element, written, decision.form, encoder); // what is no date: as if it were removed
        } else {
            encoder.text(element.tag, written, moved);
        }
    } else if (written == vr::TM && isSound(raw, written, element.tag)) {
        encoder.text(element.tag, written, raw); // whole days: the time of day stays
    } else {
        formOf(element, written, decision.form, encoder);
    }
}

void HeaderRewriter::generalise(const Element& element, Vr written, const Decision& decision,
                                Encoder& encoder) {
    const bool date = written == vr::DA || written == vr::DT;
    if (!date) {
        formOf(element, written, decision.form, encoder);
        return;
    }
    const std::string month = monthOf(m_instance.text(element), written);
    const bool hidden = element.tag == tags::BirthDate && (isOverNinety() || isBornLater(month));
    encoder.text(element.tag, written, hidden ? std::string{} : month);
}

/// Day of the study, or of what else the instance says of when it came about.
std::string_view HeaderRewriter::studyDate() const {
    constexpr std::array<Tag, 5> kDates{tags::StudyDate, 0x00080021, 0x00080022, 0x00080023, 0x00080012};
    for (const Tag tag : kDates) {
        if (const std::string_view date = textOf(tag); yearsBetween(date, date)) {
            return date;
        }
    }
    return {};
}

bool HeaderRewriter::isOverNinety() const {
    // A birth date says the age: of people of 90 and over it goes as their age does (Guideline 5.4.2).
    const std::string_view age = textOf(tags::PatientAge);
    const auto years = yearsBetween(textOf(tags::BirthDate), studyDate());
    return (age.size() == 4 && age.back() == 'Y' && age.substr(0, 3) >= "090") || (years && *years >= 90);
}

bool HeaderRewriter::isBornLater(std::string_view month) const {
    // Dates of study move and the birth month does not: of infants it would then lie behind the study and
    // say something false, beside telling how far the dates were moved.
    const Decision study = rulingOf(root(), tags::StudyDate, vr::DA).decision;
    const auto moved = study.action == Action::Shift ? shiftedDates(studyDate(), m_person.shiftDays) : "";
    return !moved.empty() && !month.empty() && month > moved;
}

} // namespace kamei::transform::dicom
