#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "core/release/Report.h"
#include "core/release/ReportRows.h"

namespace kamei::release {
namespace {

using Json = nlohmann::ordered_json;

Json moment(base::TimeMs time) {
    return time == 0 ? Json(nullptr) : Json(base::iso8601(time));
}

Json toJson(const std::vector<RuleCount>& counts) {
    Json out = Json::array();
    for (const RuleCount& count : counts) {
        out.push_back({{"rule", count.rule},
                       {"section", count.section},
                       {"category", model::word(count.category)},
                       {"requirement", model::word(count.requirement)},
                       {"state", model::word(count.state)},
                       {"action", model::word(count.action)},
                       {"count", count.count}});
    }
    return out;
}

} // namespace

std::vector<RuleCount> unfinished(const ReportData& data) {
    std::vector<RuleCount> out;
    std::ranges::copy_if(data.rules, std::back_inserter(out), [](const RuleCount& count) {
        return count.state == model::DecisionState::Open &&
               (count.requirement == model::Requirement::Recommended ||
                count.requirement == model::Requirement::Conditional);
    });
    return out;
}

std::vector<RuleCount> overruled(const ReportData& data) {
    std::vector<RuleCount> out;
    std::ranges::copy_if(data.rules, std::back_inserter(out), [](const RuleCount& count) {
        return count.requirement == model::Requirement::Required &&
               (count.state == model::DecisionState::Rejected ||
                (count.state == model::DecisionState::Changed && count.action == model::Action::Keep));
    });
    return out;
}

std::string reportJson(const ReportData& data) {
    Json out;
    out["format"] = "kamei-report";
    out["version"] = 1;
    out["title"] = data.title;
    out["purpose"] = data.sheet.purpose;
    out["dataItems"] = data.sheet.dataItems;
    out["createdAt"] = moment(data.createdAt);
    out["tool"] = {{"name", "Kamei"}, {"version", data.toolVersion}};
    out["policy"] = {{"name", data.policy.name}, {"options", data.policy.options}};
    out["rulesEdition"] = data.rulesEdition;
    out["audit"] = {{"entries", data.auditEntries}, {"head", data.auditHead}};
    Json& contents = out["contents"];
    contents = {{"subjects", data.subjects},
                {"assets", data.assets},
                {"files", data.files},
                {"bytes", data.bytes},
                {"excluded", data.excludedAssets},
                {"unreadable", data.unreadableAssets},
                {"deleted", data.deletedAssets}};
    for (const ReportData::KindCount& kind : data.kinds) {
        contents["kinds"].push_back(
            {{"kind", model::word(kind.kind)}, {"assets", kind.assets}, {"files", kind.files}});
    }
    for (std::size_t i = 0; i < data.steps.size(); ++i) {
        const ReportData::Step& step = data.steps[i];
        out["steps"].push_back({{"step", i + 1},
                                {"done", step.done},
                                {"total", step.total},
                                {"openRequired", step.openRequired},
                                {"openRecommended", step.openRecommended}});
    }
    out["rules"] = toJson(data.rules);
    out["unfinished"] = toJson(unfinished(data));
    out["overruled"] = toJson(overruled(data));
    out["leftIn"] = {{"findings", data.leftIn}, {"places", data.leftInPlaces}};
    out["residualSearch"] = {
        {"files", data.searchedFiles},
        {"identifiers", data.searchedIdentifiers},
        {"encodings", {"utf-8", "utf-16le", "utf-16be", "cp932", "euc-jp", "iso-2022-jp"}},
        {"found", data.residuals}};
    Json reviewers = Json::array();
    for (const ReportData::Reviewer& reviewer : data.reviewers) {
        Json row{{"name", reviewer.name}, {"assets", reviewer.assets}, {"signed", reviewer.signedAssets}};
        if (!reviewer.fingerprint.empty()) {
            row["key"] = reviewer.fingerprint;
        }
        reviewers.push_back(std::move(row));
    }
    out["confirmation"] = {{"assets", data.confirmedAssets},
                           {"first", moment(data.firstConfirmedAt)},
                           {"last", moment(data.lastConfirmedAt)},
                           {"byTwo", data.secondConfirmed},
                           {"reviewers", std::move(reviewers)}};
    if (data.sample) {
        const ReportData::Sample& sample = *data.sample;
        out["sample"] = {{"population", sample.population}, {"drawn", sample.drawn},
                         {"judged", sample.judged},         {"leaks", sample.leaks},
                         {"confidence", sample.confidence}, {"bound", sample.bound},
                         {"rate", sample.rate}};
    }
    out["singledOut"] = {{"subjects", data.singledOut}, {"withReason", data.singledOutWithReason}};
    out["deletedInformation"] = data.sheet.keepDeletedInformation
                                    ? Json{{"fate", "keep"}, {"until", data.sheet.keepUntil}}
                                    : Json{{"fate", "destroy"}};
    return out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace kamei::release
