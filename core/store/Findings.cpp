#include "core/store/Findings.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "core/base/Digest.h"
#include "core/store/FindingRows.h"

namespace kamei::store {
namespace {

/// A condition over findings (alias f), with its values in order.
struct Where {
    std::string sql = " WHERE 1";
    std::vector<std::int64_t> values;

    void add(std::string_view condition, std::int64_t value) {
        sql += " AND ";
        sql += condition;
        values.push_back(value);
    }
    template <class Enum> void add(std::string_view condition, const std::optional<Enum>& value) {
        if (value) {
            add(condition, static_cast<std::int64_t>(*value));
        }
    }
    void bindTo(Query& query) const {
        for (std::size_t i = 0; i < values.size(); ++i) {
            query.set(static_cast<int>(i) + 1, values[i]);
        }
    }
};

constexpr std::string_view kNotExcluded = " AND f.asset NOT IN (SELECT id FROM asset WHERE excluded=1)";

void addSubject(Where& where, base::SubjectId subject) {
    if (!subject.valid()) {
        where.sql += " AND f.subject IS NULL AND f.asset IN (SELECT id FROM asset WHERE subject IS NULL)";
        return;
    }
    where.add("f.id IN (SELECT id FROM finding WHERE asset IN (SELECT id FROM asset WHERE subject=?) "
              "UNION SELECT id FROM finding WHERE subject=?)",
              subject.value);
    where.values.push_back(subject.value);
}

Where whereFor(Connection& connection, const FindingFilter& filter) {
    Where where;
    if (filter.asset) {
        where.add("f.asset=?", filter.asset->value);
    }
    if (filter.subject) {
        addSubject(where, *filter.subject);
    }
    where.add("f.category=?", filter.category);
    where.add("f.requirement=?", filter.requirement);
    where.add("f.state=?", filter.state);
    where.add("f.step=?", filter.step);
    if (!filter.rule.empty()) {
        where.add("f.rule=?", connection.knownTermId(filter.rule).value_or(-1));
    }
    if (!filter.label.empty()) {
        where.add("f.label=?", connection.knownTermId(filter.label).value_or(-1));
    }
    where.sql += filter.openOnly ? " AND f.state=0" : "";
    where.sql += filter.includeExcluded ? std::string_view{} : kNotExcluded;
    return where;
}

void addPage(Where& where, const FindingFilter& filter) {
    where.sql += " ORDER BY f.asset, f.place, f.id LIMIT ? OFFSET ?";
    where.values.push_back(filter.limit);
    where.values.push_back(filter.offset);
}

/// The count from the sums that are kept, where they can answer.
std::optional<std::int64_t> countFromSums(Connection& connection, const FindingFilter& filter) {
    if (filter.category || filter.subject || filter.state || !filter.rule.empty() || !filter.label.empty() ||
        (!filter.asset && filter.includeExcluded)) {
        return std::nullopt;
    }
    std::string sql = filter.openOnly ? "SELECT sum(open)" : "SELECT sum(total)";
    sql += filter.asset ? " FROM asset_step WHERE asset=?3" : " FROM step_total WHERE ?3=0";
    Query query(connection, sql + " AND (?1<0 OR step=?1) AND (?2<0 OR requirement=?2)");
    query.bind(filter.step.value_or(-1), filter.requirement ? static_cast<int>(*filter.requirement) : -1,
               filter.asset ? filter.asset->value : 0);
    return query.step() ? query.integer(0) : 0;
}

std::vector<base::FindingId> idsFrom(Query& query) {
    std::vector<base::FindingId> out;
    while (query.step()) {
        out.push_back(query.id<base::FindingTag>(0));
    }
    return out;
}

} // namespace

model::Finding findingFrom(Connection& connection, const Query& row) {
    model::Finding out;
    out.id = row.id<base::FindingTag>(0);
    out.asset = row.id<base::AssetTag>(1);
    out.subject = row.id<base::SubjectTag>(2);
    auto locator = model::locatorFromText(row.text(3));
    if (!locator) {
        throw Refusal{{base::ErrorCode::WorkspaceDamaged, {}, "store.findings"}};
    }
    out.locator = std::move(*locator);
    out.text = row.text(4);
    out.label = connection.term(row.integer(5));
    out.rule = connection.term(row.integer(6));
    out.detector = connection.term(row.integer(7));
    out.category = row.as<model::Category>(8);
    out.requirement = row.as<model::Requirement>(9);
    out.suggested = row.as<model::Action>(10);
    out.replacement = row.text(11);
    out.confidence = row.real(12);
    out.origin = row.as<model::Origin>(13);
    out.instances = row.integer(14);
    out.distinctValues = row.integer(15);
    out.detail = row.text(16);
    out.state = row.as<model::DecisionState>(17);
    out.action = row.as<model::Action>(18);
    out.reason = row.text(19);
    out.decidedBy = row.text(20);
    out.decidedAt = row.integer(21);
    out.method = row.text(23);
    return out;
}

std::int64_t placeOf(const model::Locator& locator) {
    constexpr int kKindShift = 56;
    constexpr std::int64_t kLimit = (std::int64_t{1} << kKindShift) - 1;
    std::int64_t within = 0;
    switch (locator.kind) {
    case model::Locator::Kind::Attribute:
        if (locator.path.size() >= 11) { // "(gggg,eeee)"
            const std::string tag = locator.path.substr(1, 4) + locator.path.substr(6, 4);
            std::from_chars(tag.data(), tag.data() + tag.size(), within, 16);
        }
        break;
    case model::Locator::Kind::Text:
    case model::Locator::Kind::Cell:
        within = locator.start;
        break;
    case model::Locator::Kind::Column:
        within = locator.column;
        break;
    case model::Locator::Kind::Pixels: {
        constexpr std::int64_t kFrameUnit = std::int64_t{1} << 32;
        within = (locator.frames.first * kFrameUnit) +
                 (static_cast<std::int64_t>(locator.rect.y & 0xffff) << 16) + (locator.rect.x & 0xffff);
        break;
    }
    case model::Locator::Kind::Asset:
    case model::Locator::Kind::Metadata:
    case model::Locator::Kind::FileName:
        break;
    }
    return (static_cast<std::int64_t>(locator.kind) << kKindShift) +
           std::clamp<std::int64_t>(within, 0, kLimit);
}

std::int64_t hashOf(std::string_view text) {
    const base::Sha256 digest = base::sha256(text);
    std::int64_t out = 0;
    std::memcpy(&out, digest.bytes.data(), sizeof out);
    return out;
}

base::Expected<std::optional<model::Finding>> Findings::find(base::FindingId id) const {
    return guarded("store.findings", [&]() -> std::optional<model::Finding> {
        Query query(m_connection, std::string(kFindingColumns) + "WHERE f.id=?");
        query.bind(id);
        return query.step() ? std::optional(findingFrom(m_connection, query)) : std::nullopt;
    });
}

base::Expected<std::vector<model::Finding>> Findings::list(const FindingFilter& filter) const {
    return guarded("store.findings", [&] {
        Where where = whereFor(m_connection, filter);
        addPage(where, filter);
        // Far down the list, the rows above are skipped within the index, without looking at them.
        std::string sql(kFindingColumns);
        sql += filter.offset > 0 ? " WHERE f.id IN (SELECT f.id FROM finding f" + where.sql +
                                       ") ORDER BY f.asset, f.place, f.id"
                                 : where.sql;
        std::vector<model::Finding> out;
        Query query(m_connection, sql);
        where.bindTo(query);
        while (query.step()) {
            out.push_back(findingFrom(m_connection, query));
        }
        return out;
    });
}

base::Expected<std::vector<base::FindingId>> Findings::ids(const FindingFilter& filter) const {
    return guarded("store.findings", [&] {
        Where where = whereFor(m_connection, filter);
        addPage(where, filter);
        Query query(m_connection, "SELECT f.id FROM finding f" + where.sql);
        where.bindTo(query);
        return idsFrom(query);
    });
}

base::Expected<std::int64_t> Findings::count(const FindingFilter& filter) const {
    return guarded("store.findings", [&] {
        m_connection.settle();
        if (const auto known = countFromSums(m_connection, filter)) {
            return *known;
        }
        const Where where = whereFor(m_connection, filter);
        Query query(m_connection, "SELECT count(*) FROM finding f" + where.sql);
        where.bindTo(query);
        return query.step() ? query.integer(0) : 0;
    });
}

base::Expected<std::vector<base::FindingId>> Findings::alike(base::FindingId id, AlikeBy by,
                                                             std::optional<base::AssetId> asset,
                                                             std::optional<base::SubjectId> subject) const {
    return guarded("store.findings", [&]() -> std::vector<base::FindingId> {
        std::int64_t label = 0;
        std::int64_t rule = 0;
        std::string text;
        {
            Query query(m_connection, "SELECT label, rule, text FROM finding WHERE id=?");
            query.bind(id);
            if (!query.step()) {
                throw Refusal{{base::ErrorCode::NotFound, {}, "store.findings"}};
            }
            label = query.integer(0);
            rule = query.integer(1);
            text = query.text(2);
        }
        if (by == AlikeBy::Value && text.empty()) {
            return {id}; // a mask or a face is like no other by its text
        }
        // The same condition once over the assets in scope, once over rows of the subject in tables of many.
        std::string condition =
            by == AlikeBy::Value ? "f.text_hash=?1 AND f.text=?2" : "f.label=?1 AND f.rule=?2";
        condition += kNotExcluded;
        std::string sql = "SELECT f.id FROM finding f WHERE " + condition;
        if (asset) {
            sql += " AND f.asset=?3";
        } else if (subject && subject->valid()) {
            sql += " AND f.asset IN (SELECT id FROM asset WHERE subject=?3) UNION SELECT f.id FROM finding f "
                   "WHERE " +
                   condition + " AND f.subject=?3";
        } else if (subject) {
            sql += " AND f.subject IS NULL AND f.asset IN (SELECT id FROM asset WHERE subject IS NULL)";
        }
        Query query(m_connection, sql + " ORDER BY 1");
        by == AlikeBy::Value ? query.bind(hashOf(text), text) : query.bind(label, rule);
        if (asset) {
            query.set(3, asset->value);
        } else if (subject && subject->valid()) {
            query.set(3, subject->value);
        }
        return idsFrom(query);
    });
}

} // namespace kamei::store
