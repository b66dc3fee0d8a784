#include "core/detect/text/Units.h"
#include "core/intake/text/Roles.h"

namespace kamei::detect::text {

void findByRole(Page& page) {
    if (const std::string_view label = intake::text::labelOfRole(page.role); !label.empty()) {
        page.add(0, page.text.size(), labelOfWord(label), 0.99, "structure", rank::Known + 1);
    }
}

} // namespace kamei::detect::text
