#pragma once

#include <cstdint>
#include <string_view>

namespace kamei::base {

/// Where a long task reports how far it is. Implementations are thread-safe and cheap to call;
/// cancelling goes the other way, through std::stop_token.
class ProgressSink {
  public:
    virtual ~ProgressSink() = default;

    /// done of total units (files, unless the task says otherwise); total 0 while unknown.
    virtual void progress(std::uint64_t done, std::uint64_t total) = 0;
    /// A stable word for what is being done now: "scan", "read", "detect", "stage", "search", "copy".
    virtual void phase(std::string_view word) = 0;
};

/// A sink for callers that do not look.
class NoProgress final : public ProgressSink {
  public:
    void progress(std::uint64_t, std::uint64_t) override {}
    void phase(std::string_view) override {}
};

} // namespace kamei::base
