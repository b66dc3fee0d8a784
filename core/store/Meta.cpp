#include "core/store/Meta.h"

#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/store/Connection.h"

namespace kamei::store {
namespace {

using Field = std::pair<const char*, std::string model::PurposeSheet::*>;
constexpr std::array<Field, 10> kFields{{
    {"purpose", &model::PurposeSheet::purpose},
    {"data-items", &model::PurposeSheet::dataItems},
    {"new-purpose", &model::PurposeSheet::newPurpose},
    {"joint-use", &model::PurposeSheet::jointUse},
    {"joint-items", &model::PurposeSheet::jointItems},
    {"joint-users", &model::PurposeSheet::jointUsers},
    {"joint-purpose", &model::PurposeSheet::jointPurpose},
    {"responsible", &model::PurposeSheet::responsible},
    {"keep-reason", &model::PurposeSheet::keepReason},
    {"keep-until", &model::PurposeSheet::keepUntil},
}};

} // namespace

base::Expected<std::optional<std::string>> Meta::get(std::string_view name) const {
    return guarded("store.meta", [&]() -> std::optional<std::string> {
        Query query(m_connection, "SELECT value FROM meta WHERE name=?");
        query.bind(name);
        return query.step() ? std::optional(query.text(0)) : std::nullopt;
    });
}

base::Expected<void> Meta::set(std::string_view name, std::string_view value) {
    return guarded("store.meta", [&] {
        Query(m_connection, "INSERT INTO meta VALUES(?,?) ON CONFLICT DO UPDATE SET value=excluded.value")
            .bind(name, value)
            .run();
    });
}

base::Expected<model::PurposeSheet> Meta::sheet() const {
    const auto text = get("sheet");
    if (!text) {
        return tl::unexpected(text.error());
    }
    model::PurposeSheet out;
    if (!*text) {
        return out;
    }
    try {
        const auto in = nlohmann::json::parse(**text);
        for (const auto& [name, member] : kFields) {
            out.*member = in.value(name, std::string{});
        }
        out.keepDeletedInformation = in.value("keep-deleted-information", false);
        out.notes = in.value("notes", decltype(out.notes){});
        return out;
    } catch (const nlohmann::json::exception&) {
        return base::fail(base::ErrorCode::WorkspaceDamaged, "store.meta");
    }
}

base::Expected<void> Meta::setSheet(const model::PurposeSheet& sheet) {
    nlohmann::json out;
    for (const auto& [name, member] : kFields) {
        out[name] = sheet.*member;
    }
    out["keep-deleted-information"] = sheet.keepDeletedInformation;
    out["notes"] = nlohmann::json::object();
    for (const auto& [name, value] : sheet.notes) {
        if (!value.empty()) {
            out["notes"][name] = value;
        }
    }
    return set("sheet", out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

} // namespace kamei::store
