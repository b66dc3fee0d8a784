#pragma once

#include "core/store/Assets.h"
#include "core/store/AuditRows.h"
#include "core/store/Claims.h"
#include "core/store/Confirmations.h"
#include "core/store/Destruction.h"
#include "core/store/Faces.h"
#include "core/store/Findings.h"
#include "core/store/KnownIdentifiers.h"
#include "core/store/Meta.h"
#include "core/store/Reviewers.h"
#include "core/store/RiskReasons.h"
#include "core/store/Samples.h"
#include "core/store/SceneCuts.h"
#include "core/store/Sources.h"
#include "core/store/StagedFiles.h"
#include "core/store/Subjects.h"
#include "core/store/Templates.h"

namespace kamei::store {

/// All repositories over one connection. Reached through Reading (const functions) and Writing.
struct Repositories {
    explicit Repositories(Connection& connection)
        : meta(connection), subjects(connection), assets(connection), sources(connection),
          findings(connection), known(connection), templates(connection), staged(connection),
          confirmations(connection), riskReasons(connection), faces(connection), claims(connection),
          audit(connection), reviewers(connection), samples(connection), cuts(connection),
          destruction(connection) {}

    Meta meta;
    Subjects subjects;
    Assets assets;
    Sources sources;
    Findings findings;
    KnownIdentifiers known;
    Templates templates;
    StagedFiles staged;
    Confirmations confirmations;
    RiskReasons riskReasons;
    Faces faces;
    Claims claims;
    AuditRows audit;
    Reviewers reviewers;
    Samples samples;
    SceneCuts cuts;
    Destruction destruction;
};

} // namespace kamei::store
