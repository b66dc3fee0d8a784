#include "core/store/Reviewers.h"

#include <algorithm>
#include <span>

#include "core/store/Connection.h"

namespace kamei::store {
namespace {

constexpr std::string_view kColumns =
    "SELECT id, name, role, public_key, joined_at, audit_number FROM reviewer ";

template <std::size_t Size> bool take(const std::string& blob, std::array<std::byte, Size>& out) {
    if (blob.size() != Size) {
        return false;
    }
    std::ranges::copy(std::as_bytes(std::span(blob)), out.begin());
    return true;
}

template <std::size_t Size> std::string hexOf(const std::array<std::byte, Size>& bytes) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string out;
    for (const std::byte b : bytes) {
        out += kDigits[std::to_integer<std::size_t>(b >> 4)];
        out += kDigits[std::to_integer<std::size_t>(b & std::byte{15})];
    }
    return out;
}

Refusal damaged() {
    return Refusal{{base::ErrorCode::WorkspaceDamaged, {}, "store.reviewers"}};
}

Reviewers::Row rowFrom(const Query& row) {
    Reviewers::Row out{row.integer(0), {row.text(1), {}, {}}, row.integer(4), row.integer(5)};
    const auto role = keys::roleFromWord(row.text(2));
    if (!role || !take(row.text(3), out.person.key.bytes)) {
        throw damaged();
    }
    out.person.role = *role;
    return out;
}

} // namespace

base::Expected<std::vector<Reviewers::Row>> Reviewers::all() const {
    return guarded("store.reviewers", [&] {
        std::vector<Row> out;
        Query query(m_connection, std::string(kColumns) + "ORDER BY id");
        while (query.step()) {
            out.push_back(rowFrom(query));
        }
        return out;
    });
}

base::Expected<std::optional<Reviewers::Row>> Reviewers::find(const keys::PublicKey& key) const {
    return guarded("store.reviewers", [&]() -> std::optional<Row> {
        Query query(m_connection, std::string(kColumns) + "WHERE hex(public_key)=?");
        query.bind(hexOf(key.bytes));
        return query.step() ? std::optional(rowFrom(query)) : std::nullopt;
    });
}

base::Expected<bool> Reviewers::known(std::string_view name) const {
    return guarded("store.reviewers", [&] {
        Query query(m_connection, "SELECT 1 FROM reviewer WHERE name=?");
        query.bind(name);
        return query.step();
    });
}

base::Expected<std::int64_t> Reviewers::add(const keys::Person& person, base::TimeMs at,
                                            std::int64_t auditNumber) {
    return guarded("store.reviewers", [&] {
        base::Sha256 key; // the only type of 32 bytes that Query binds as a blob
        key.bytes = person.key.bytes;
        Query(m_connection, "INSERT INTO reviewer(name, role, public_key, joined_at, audit_number) "
                            "VALUES(?,?,?,?,?)")
            .bind(person.name, keys::word(person.role), key, at, auditNumber)
            .run();
        return static_cast<std::int64_t>(m_connection.raw().getLastInsertRowid());
    });
}

base::Expected<void> Reviewers::sign(const Signed& row) {
    return guarded("store.reviewers", [&] {
        Query(m_connection, "INSERT INTO audit_signature VALUES(?,?,?)")
            .bind(row.number, row.reviewer, std::span<const std::byte>(row.signature.bytes))
            .run();
    });
}

base::Expected<std::vector<Reviewers::Signed>> Reviewers::signaturesAfter(std::int64_t number,
                                                                          std::int64_t limit) const {
    return guarded("store.reviewers", [&] {
        std::vector<Signed> out;
        Query query(m_connection, "SELECT number, reviewer, signature FROM audit_signature WHERE number>? "
                                  "ORDER BY number LIMIT ?");
        query.bind(number, limit);
        while (query.step()) {
            Signed row{query.integer(0), query.integer(1), {}};
            // One of another length is none: it verifies for nobody.
            static_cast<void>(take(query.text(2), row.signature.bytes));
            out.push_back(row);
        }
        return out;
    });
}

} // namespace kamei::store
