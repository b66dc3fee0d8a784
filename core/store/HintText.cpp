#include "core/store/HintText.h"

#include <nlohmann/json.hpp>

#include "core/store/Connection.h"

namespace kamei::store {

std::string hintText(const model::SubjectHint& hint) {
    const nlohmann::json out{{"id", hint.patientId},
                             {"issuer", hint.issuer},
                             {"names", hint.names},
                             {"birth", hint.birthDate},
                             {"sex", hint.sex}};
    return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

model::SubjectHint hintFrom(const std::string& text) {
    try {
        const auto in = nlohmann::json::parse(text);
        return {in.value("id", ""), in.value("issuer", ""), in.value("names", std::vector<std::string>{}),
                in.value("birth", ""), in.value("sex", "")};
    } catch (const nlohmann::json::exception&) {
        throw Refusal{{base::ErrorCode::WorkspaceDamaged, {}, "store.subjects"}};
    }
}

} // namespace kamei::store
