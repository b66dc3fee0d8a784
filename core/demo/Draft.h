#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "core/base/FileIo.h"
#include "core/demo/People.h"
#include "core/intake/encoding/Encoding.h"

namespace kamei::demo {

/// A document under construction that remembers what identifies somebody in it.
class Draft {
public:
    Draft(std::string person, std::string file) : m_person(std::move(person)), m_file(std::move(file)) {}

    Draft& operator<<(const std::string& text) {
        m_text += text;
        return *this;
    }
    /// Appends a value and notes it in the answer key; `own` is false for staff and facilities.
    Draft& plant(const std::string& kind, const std::string& value, bool own = true) {
        m_text += value;
        m_planted.push_back({own ? m_person : std::string{}, kind, value, m_file, "text"});
        return *this;
    }
    void belongsTo(const std::string& person) { m_person = person; }

    [[nodiscard]] base::Expected<std::vector<Planted>> save(const std::filesystem::path& cohort,
                                                            intake::encoding::Encoding encoding, bool crLf) {
        std::string text;
        for (const char c : m_text) {
            if (c == '\n' && crLf) {
                text += '\r';
            }
            text += c;
        }
        const auto bytes = intake::encoding::encode(text, encoding);
        if (!bytes) {
            return tl::unexpected(bytes.error());
        }
        if (auto written = base::writeFileAtomically(cohort / m_file, *bytes); !written) {
            return tl::unexpected(written.error());
        }
        return std::move(m_planted);
    }

private:
    std::string m_person;
    std::string m_file;
    std::string m_text;
    std::vector<Planted> m_planted;
};

} // namespace kamei::demo
