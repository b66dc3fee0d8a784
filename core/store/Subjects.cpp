#include "core/store/Subjects.h"

#include "core/store/Connection.h"
#include "core/store/HintText.h"

namespace kamei::store {
namespace {

constexpr std::string_view kColumns = "SELECT id, number, key, hint, pseudonym, merged_into FROM subject ";

model::Subject subjectFrom(const Query& row) {
    return {row.id<base::SubjectTag>(0), row.integer(1), row.text(2),
            hintFrom(row.text(3)),       row.text(4),    row.id<base::SubjectTag>(5)};
}

std::string upper(std::string text) {
    for (char& c : text) {
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return text;
}

Counts countsFrom(const Query& row, int first) {
    return {row.integer(first),
            {row.integer(first + 1), row.integer(first + 2), row.integer(first + 3), row.integer(first + 4)}};
}

constexpr std::string_view kTotals =
    "SELECT s.id, s.number, count(a.id), coalesce(sum(a.total), 0), coalesce(sum(a.open0), 0) o0, "
    "coalesce(sum(a.open1), 0) o1, coalesce(sum(a.open2), 0) o2, coalesce(sum(a.open3), 0) o3, "
    "(SELECT reason FROM risk_reason r WHERE r.subject=s.id), "
    "coalesce(max(a.troubled OR a.residuals>0), 0) FROM subject s "
    "LEFT JOIN asset a ON a.subject=s.id AND a.excluded=0 WHERE s.merged_into IS NULL "
    // People of a data set that this one goes on from have no data here until some are imported.
    "AND EXISTS(SELECT 1 FROM asset x WHERE x.subject=s.id) GROUP BY s.number "
    "HAVING (?1=0 OR o0+o1+o2+o3>0) AND (?2='' OR instr(printf('P-%04d', s.number), ?2)>0 "
    "OR coalesce(max((?3>>a.kind)&1), 0)) ORDER BY s.number LIMIT ?4 OFFSET ?5";

constexpr std::string_view kNobody =
    "SELECT count(*), coalesce(sum(total), 0), coalesce(sum(open0), 0), coalesce(sum(open1), 0), "
    "coalesce(sum(open2), 0), coalesce(sum(open3), 0), coalesce(max((?1>>kind)&1), 0), "
    "coalesce(max(troubled OR residuals>0), 0) FROM asset "
    "WHERE subject IS NULL AND excluded=0";

std::vector<SubjectTotals> people(Connection& connection, const SubjectFilter& filter, std::int64_t limit,
                                  std::int64_t offset) {
    std::vector<SubjectTotals> out;
    Query query(connection, kTotals);
    query.bind(filter.openOnly, upper(filter.text), static_cast<std::int64_t>(filter.kinds), limit, offset);
    while (query.step()) {
        out.push_back({query.id<base::SubjectTag>(0), query.integer(1), query.integer(2),
                       countsFrom(query, 3), query.text(8), query.flag(9)});
    }
    return out;
}

} // namespace

base::Expected<base::SubjectId> Subjects::insert(const model::Subject& subject) {
    return guarded("store.subjects", [&] {
        Query(m_connection, "INSERT INTO subject(number, key, hint, pseudonym, merged_into) "
                            "VALUES((SELECT coalesce(max(number), 0)+1 FROM subject),?,?,?,?)")
            .bind(subject.key, hintText(subject.hint), subject.pseudonym, subject.mergedInto)
            .run();
        return base::SubjectId{m_connection.raw().getLastInsertRowid()};
    });
}

base::Expected<void> Subjects::update(const model::Subject& subject) {
    return guarded("store.subjects", [&] {
        Query(m_connection, "UPDATE subject SET key=?, hint=?, pseudonym=?, merged_into=? WHERE id=?")
            .bind(subject.key, hintText(subject.hint), subject.pseudonym, subject.mergedInto, subject.id)
            .run();
    });
}

base::Expected<std::optional<model::Subject>> Subjects::find(base::SubjectId id) const {
    return guarded("store.subjects", [&]() -> std::optional<model::Subject> {
        Query query(m_connection, std::string(kColumns) + "WHERE id=?");
        query.bind(id);
        return query.step() ? std::optional(subjectFrom(query)) : std::nullopt;
    });
}

base::Expected<std::vector<model::Subject>> Subjects::all() const {
    return guarded("store.subjects", [&] {
        std::vector<model::Subject> out;
        Query query(m_connection, std::string(kColumns) + "ORDER BY number");
        while (query.step()) {
            out.push_back(subjectFrom(query));
        }
        return out;
    });
}

base::Expected<std::int64_t> Subjects::count() const {
    return guarded("store.subjects", [&] {
        Query query(m_connection, "SELECT count(*) FROM subject s WHERE merged_into IS NULL "
                                  "AND EXISTS(SELECT 1 FROM asset x WHERE x.subject=s.id)");
        return query.step() ? query.integer(0) : 0;
    });
}

base::Expected<std::vector<SubjectTotals>> Subjects::totals(const SubjectFilter& filter) const {
    return guarded("store.subjects", [&] {
        m_connection.settle();
        std::vector<SubjectTotals> out = people(m_connection, filter, filter.limit, filter.offset);
        if (filter.limit >= 0 && static_cast<std::int64_t>(out.size()) >= filter.limit) {
            return out;
        }
        // The row of nobody stands after all people: on this page only if the page reaches that far.
        if (out.empty() && filter.offset > 0 &&
            static_cast<std::int64_t>(people(m_connection, filter, -1, 0).size()) != filter.offset) {
            return out;
        }
        Query query(m_connection, kNobody);
        query.bind(static_cast<std::int64_t>(filter.kinds));
        if (query.step() && query.integer(0) > 0) {
            SubjectTotals nobody{{}, 0, query.integer(0), countsFrom(query, 1), {}, query.flag(7)};
            const bool fits = filter.text.empty() || query.flag(6);
            if (fits && (!filter.openOnly || nobody.findings.openAll() > 0)) {
                out.push_back(nobody);
            }
        }
        return out;
    });
}

} // namespace kamei::store
