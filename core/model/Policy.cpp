#include "core/model/Policy.h"

namespace kamei::model {
namespace {

int named(const Device& device) {
    return (device.manufacturer.empty() ? 0 : 1) + (device.model.empty() ? 0 : 1) +
           (device.softwareVersion.empty() ? 0 : 1);
}

} // namespace

const PrivateRule* Policy::privateRule(std::string_view creator, std::uint16_t group, std::uint8_t element,
                                       const Device& device) const {
    const PrivateRule* best = nullptr;
    for (const PrivateRule& rule : privateRules) {
        if (rule.creator != creator || rule.group != group || rule.element != element ||
            !rule.device.covers(device)) {
            continue;
        }
        const bool better = best == nullptr || named(rule.device) > named(best->device) ||
                            (named(rule.device) == named(best->device) && best->keep && !rule.keep);
        best = better ? &rule : best;
    }
    return best;
}

} // namespace kamei::model
