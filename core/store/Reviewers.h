#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/Clock.h"
#include "core/base/Error.h"
#include "core/keys/Signing.h"

namespace kamei::store {

class Connection;

/// The people who work in this workspace with a key, and which entries of the log they signed. Rows are only
/// added: somebody who lost a key comes back as a new row with the same name.
class Reviewers {
public:
    explicit Reviewers(Connection& connection) : m_connection(connection) {}

    struct Row {
        std::int64_t id = 0;
        keys::Person person;
        base::TimeMs joinedAt = 0;
        std::int64_t auditNumber = 0; ///< of the entry that says so
    };
    [[nodiscard]] base::Expected<std::vector<Row>> all() const;
    [[nodiscard]] base::Expected<std::optional<Row>> find(const keys::PublicKey& key) const;
    /// Whether somebody of this name has another key here.
    [[nodiscard]] base::Expected<bool> known(std::string_view name) const;
    [[nodiscard]] base::Expected<std::int64_t> add(const keys::Person& person, base::TimeMs at,
                                                   std::int64_t auditNumber);

    struct Signed {
        std::int64_t number = 0;   ///< of the entry
        std::int64_t reviewer = 0; ///< Row::id
        keys::Signature signature;
    };
    [[nodiscard]] base::Expected<void> sign(const Signed& row);
    /// Signatures of entries after a number in ascending order, at most `limit`.
    [[nodiscard]] base::Expected<std::vector<Signed>> signaturesAfter(std::int64_t number,
                                                                      std::int64_t limit) const;

private:
    Connection& m_connection;
};

} // namespace kamei::store
