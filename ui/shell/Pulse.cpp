#include "ui/shell/Pulse.h"

#include <algorithm>

#include "core/job/Faces.h"
#include "ui/shell/AppContext.h"
#include "ui/tasks/TaskRunner.h"

namespace kamei::ui::shell {
namespace {

constexpr int kSoonMs = 400;
constexpr int kGateSoonMs = 1200;

struct Read {
    base::Expected<job::Overview> overview;
    base::Expected<job::WorkspaceInfo> info;
    base::Expected<std::int64_t> openFaces;
};

base::Expected<std::int64_t> openFacesOf(job::Session& session) {
    const auto rows = job::faces(session);
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    return std::ranges::count_if(*rows, [](const job::FaceRow& row) {
        return !row.excluded && row.finding.state == model::DecisionState::Open && row.verdict != "none";
    });
}

} // namespace

Pulse::Pulse(AppContext& context) : QObject(&context), m_context(context) {
    m_soon.setSingleShot(true);
    m_soon.setInterval(kSoonMs);
    m_gateSoon.setSingleShot(true);
    m_gateSoon.setInterval(kGateSoonMs);
    connect(&m_soon, &QTimer::timeout, this, &Pulse::refresh);
    connect(&m_gateSoon, &QTimer::timeout, this, &Pulse::checkGate);
    connect(&context, &AppContext::sessionChanged, this, &Pulse::sessionChanged);
    connect(&context, &AppContext::changed, this, [this] {
        if (!m_soon.isActive()) {
            m_soon.start();
        }
        m_gateSoon.start(); // restarts: waits for a pause
    });
}

void Pulse::sessionChanged() {
    m_overview.reset();
    m_info.reset();
    m_openFaces = 0;
    m_gate.reset();
    emit updated();
    emit gateUpdated();
    if (m_context.session()) {
        refresh();
        m_gateSoon.start();
    }
}

void Pulse::refresh() {
    const auto session = m_context.session();
    if (!session) {
        return;
    }
    if (m_busy) {
        m_again = true;
        return;
    }
    m_busy = true;
    m_context.runner().look(
        this,
        [session] {
            return Read{session->overview(), session->info(), openFacesOf(*session)};
        },
        [this, session](Read read) {
            m_busy = false;
            if (session == m_context.session()) {
                if (read.overview) {
                    m_overview = std::move(*read.overview);
                }
                if (read.info) {
                    m_info = std::move(*read.info);
                }
                m_openFaces = read.openFaces.value_or(0);
                emit updated();
            }
            if (m_again || session != m_context.session()) {
                m_again = false;
                m_soon.start();
            }
        });
}

void Pulse::checkGate() {
    const auto session = m_context.session();
    if (!session) {
        return;
    }
    if (m_gateBusy) {
        m_gateAgain = true;
        return;
    }
    if (m_context.runner().busy()) {
        m_gateSoon.start(); // a job changes what is judged: its end is near enough
        return;
    }
    m_gateBusy = true;
    emit gateUpdated();
    m_context.runner().look(
        this, [session] { return job::evaluateGate(*session); },
        [this, session](base::Expected<std::vector<release::GatePoint>> points) {
            m_gateBusy = false;
            if (session == m_context.session()) {
                if (points) {
                    m_gate = std::move(*points);
                } else {
                    m_gate.reset(); // not known is not open
                }
                emit gateUpdated();
            }
            if (m_gateAgain || session != m_context.session()) {
                m_gateAgain = false;
                m_gateSoon.start();
            }
        });
}

int Pulse::currentStep() const {
    if (!m_overview) {
        return 1;
    }
    for (int step = 1; step <= 8; ++step) {
        const job::StepCounts& counts = m_overview->steps[static_cast<std::size_t>(step - 1)];
        if (step <= 3 && counts.done < counts.total) {
            return step;
        }
        if (step > 3 && counts.findings.open() > 0) {
            return step;
        }
    }
    return 8;
}

} // namespace kamei::ui::shell
