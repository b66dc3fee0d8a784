#pragma once

#include "core/model/Vocabulary.h"

namespace kamei::guideline {

/// The step of Guideline 4.9 (figure 8) that a finding belongs to, 4..8; 0 when it belongs to none.
/// (4) identifiers; (5) quasi-identifiers that can single a person out: those whose processing is
/// required (lot-level address, 4.8.2) or to be judged (face surface, 5.4.4); (6) identification codes and
/// what may cause financial damage; (7) linking codes and contact data; (8) the other quasi-identifiers.
[[nodiscard]] constexpr int stepOf(model::Category category, model::Requirement requirement) {
    switch (category) {
    case model::Category::Identifier:
        return 4;
    case model::Category::QuasiIdentifier:
        return requirement == model::Requirement::Required || requirement == model::Requirement::Conditional
                   ? 5
                   : 8;
    case model::Category::Code1:
    case model::Category::Code2:
    case model::Category::Financial:
        return 6;
    case model::Category::LinkingCode:
    case model::Category::Contact:
        return 7;
    case model::Category::None:
        break;
    }
    return 0;
}

} // namespace kamei::guideline
