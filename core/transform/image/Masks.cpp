#include "core/transform/image/Masks.h"

#include <nlohmann/json.hpp>

namespace kamei::transform::image {

using base::ErrorCode;
using Kind = model::Locator::Kind;

base::Expected<std::vector<model::Mask>> masksOf(std::span<const model::Finding> findings) {
    constexpr std::string_view kPlace = "transform.image.compile";
    std::vector<model::Mask> out;
    for (const model::Finding& finding : findings) {
        const model::Action action = finding.effective();
        // Metadata and names are left behind in any case.
        if (action == model::Action::Keep || finding.locator.kind == Kind::Metadata ||
            finding.locator.kind == Kind::FileName) {
            continue;
        }
        if (action != model::Action::Mask) {
            return base::fail(ErrorCode::NotPossible, kPlace, {std::string(model::word(action))});
        }
        const auto json = nlohmann::json::parse(finding.detail, nullptr, false);
        if (!finding.detail.empty() && json.is_object() && json.contains("mask")) {
            auto mask = model::maskFromJson(json["mask"].dump());
            if (!mask) {
                return tl::unexpected(mask.error());
            }
            out.push_back(std::move(*mask));
            continue;
        }
        if (finding.locator.kind != Kind::Pixels || finding.locator.rect.width <= 0 ||
            finding.locator.rect.height <= 0) {
            return base::fail(ErrorCode::Malformed,
                              kPlace); // a mask nobody can place must not be passed over
        }
        model::Mask mask;
        mask.rect = finding.locator.rect;
        mask.frames = finding.locator.frames;
        out.push_back(mask);
    }
    return out;
}

void fillBits(unsigned char* row, std::size_t first, std::size_t count, bool ones) {
    for (std::size_t bit = first; bit < first + count;) {
        unsigned char& byte = row[bit / 8];
        if (bit % 8 == 0 && first + count - bit >= 8) {
            byte = ones ? 0xFF : 0;
            bit += 8;
            continue;
        }
        const auto flag = static_cast<unsigned char>(0x80U >> (bit % 8));
        byte = static_cast<unsigned char>(ones ? byte | flag : byte & ~flag);
        ++bit;
    }
}

} // namespace kamei::transform::image
