#include "core/detect/attribute/Profile.h"
#include "core/intake/dicom/PrivateDictionary.h"

namespace kamei::detect::attribute {
namespace {

namespace vr = intake::dicom::vr;
using model::Action;

} // namespace

Verdict Profile::judgePrivate(std::string_view creator, Tag tag, Vr read, const model::Device& device,
                              std::uint64_t length) const {
    Verdict out;
    out.rule = "dicom.private-attributes";
    out.grade = {model::Category::Identifier, model::Requirement::Required};
    out.listed = true;
    out.action = Action::Delete;
    out.as = read;
    if (!m_policy.has("safe-private") || creator.empty()) {
        return out;
    }
    const model::PrivateRule* rule = m_policy.privateRule(creator, intake::dicom::groupOf(tag),
                                                          static_cast<std::uint8_t>(tag & 0xFF), device);
    if (rule == nullptr ? !m_tables->isSafePrivate(creator, tag) : !rule->keep) {
        return out;
    }
    if (rule == nullptr) {
        // Guideline 5.4.2 requires those to be processed that may hold identifiers. What the standard's table
        // knows to be safe is judged to hold none; what the site keeps bears the site's reason.
        out.grade.requirement = model::Requirement::Conditional;
    }
    out.as = intake::dicom::privateVr(creator, tag, read, length);
    const bool moves = m_policy.has("modified-dates");
    const bool stays = m_policy.has("full-dates") && !moves;
    if (out.as == vr::SQ) {
        out.action = Action::Keep;
        out.descend = true;
    } else if (out.as == vr::UI) {
        out.action = m_policy.has("uids") ? Action::Keep : Action::Replace;
    } else if (out.as == vr::DA || out.as == vr::DT) {
        out.action = stays ? Action::Keep : moves ? Action::Shift : Action::Delete;
    } else if (out.as == vr::TM) {
        out.action = stays || moves ? Action::Keep : Action::Delete;
    } else if (out.as == vr::AS) {
        out.action = m_guideline ? Action::TopCode : Action::Keep;
    } else if (out.as == vr::PN || out.as == vr::AE || out.as == vr::UR) {
        out.action = Action::Delete; // names and addresses are safe in no element
    } else if (out.as == vr::DS || out.as == vr::IS) {
        out.action = Action::Keep;
    } else if (intake::dicom::isTextVr(out.as)) {
        out.action = Action::Clean; // only what the text detector has read is written
    } else {
        // Bytes, and numbers, which may be what a dictionary makes of a text: kept when nothing in them reads
        // as an identifier.
        out.action = Action::Keep;
        out.examine = true;
    }
    return out;
}

} // namespace kamei::detect::attribute
