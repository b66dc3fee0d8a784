#include "core/model/Deface.h"

#include <nlohmann/json.hpp>

namespace kamei::model {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "model.deface";

base::Expected<std::optional<base::Sha256>> digestOf(const nlohmann::json& row, const char* name) {
    if (!row.contains(name)) {
        return std::optional<base::Sha256>();
    }
    const auto digest = base::Sha256::fromHex(row.at(name).get<std::string>());
    return digest ? base::Expected<std::optional<base::Sha256>>(*digest) : tl::unexpected(digest.error());
}

} // namespace

std::string toJson(const Deface& method) {
    nlohmann::json row{{"shape", method.shape == Deface::Shape::Plane ? "plane" : "shell"},
                       {"depthMm", method.depthMm},
                       {"ears", method.ears},
                       {"eyes", method.eyes},
                       {"teeth", method.teeth},
                       {"marginMm", method.marginMm},
                       {"edited", method.edited},
                       {"fill", method.fill}};
    if (method.mask) {
        row["mask"] = method.mask->hex();
    }
    if (method.behind) {
        row["behind"] = method.behind->hex();
    }
    if (method.cover) {
        row["cover"] = method.cover->hex();
    }
    if (method.coverValue) {
        row["coverValue"] = *method.coverValue;
    }
    if (!method.notes.empty()) {
        row["notes"] = method.notes;
    }
    if (!method.problem.empty()) {
        row["problem"] = method.problem;
    }
    return nlohmann::json{{"deface", std::move(row)}}.dump();
}

base::Expected<Deface> defaceFromJson(std::string_view json) {
    Deface out;
    if (json.empty()) {
        return out;
    }
    try {
        const auto row = nlohmann::json::parse(json).at("deface");
        const auto shape = row.value("shape", std::string("shell"));
        if (shape != "shell" && shape != "plane") {
            return base::fail(ErrorCode::InvalidArgument, kPlace, {"shape"});
        }
        out.shape = shape == "plane" ? Deface::Shape::Plane : Deface::Shape::Shell;
        out.depthMm = row.value("depthMm", out.depthMm);
        out.ears = row.value("ears", out.ears);
        out.eyes = row.value("eyes", out.eyes);
        out.teeth = row.value("teeth", out.teeth);
        out.marginMm = row.value("marginMm", out.marginMm);
        out.edited = row.value("edited", out.edited);
        out.fill = row.value("fill", out.fill);
        out.notes = row.value("notes", out.notes);
        out.problem = row.value("problem", out.problem);
        const auto mask = digestOf(row, "mask");
        const auto behind = digestOf(row, "behind");
        const auto cover = digestOf(row, "cover");
        if (!mask || !behind || !cover) {
            return base::fail(ErrorCode::Malformed, kPlace);
        }
        out.mask = *mask;
        out.behind = *behind;
        out.cover = *cover;
        if (row.contains("coverValue")) {
            out.coverValue = row.at("coverValue").get<double>();
        }
    } catch (const nlohmann::json::exception&) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    if (!(out.depthMm >= 3 && out.depthMm <= 40)) {
        return base::fail(ErrorCode::InvalidArgument, kPlace, {"depth"});
    }
    if (!(out.marginMm >= 0 && out.marginMm <= 20)) {
        return base::fail(ErrorCode::InvalidArgument, kPlace, {"margin"});
    }
    return out;
}

} // namespace kamei::model
