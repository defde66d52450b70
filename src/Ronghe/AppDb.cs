using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Ronghe.Duties;
using Ronghe.Duties.Calendar;
using Ronghe.Findings;
using Ronghe.Organisation;
using Ronghe.Organisation.Appointments;
using Ronghe.Organisation.Counts;
using Ronghe.Organisation.Imports;
using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Organisation.People;
using Ronghe.Organisation.Places;
using Ronghe.Organisation.Units;
using Ronghe.Platform.Data;
using Ronghe.Platform.Files;
using Ronghe.Platform.Hosting;
using Ronghe.Platform.Jobs;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Links;
using Ronghe.Platform.Lists;
using Ronghe.Platform.Notices;
using Ronghe.Platform.Replay;
using Ronghe.Platform.Robots;
using Ronghe.Platform.Security;
using Ronghe.PartyLife.Meetings;
using Ronghe.PublicNotices;
using Ronghe.Safety.Violations;
using Ronghe.Safety.Watch;
using Ronghe.Safety.Checklists;
using Ronghe.Safety.Inspections;
using Ronghe.Safety.Risks;
using Ronghe.Safety.ModelPosts;
using Ronghe.Safety.Zones;
using Ronghe.Tasks;

namespace Ronghe;

/// <summary>Every table of the product, grouped by capability.</summary>
public sealed class AppDb(DbContextOptions<AppDb> options) : IdentityUserContext<Account, Guid>(options)
{
    public RoundTrips Trips { get; } = new();
    public DatabaseState State { get; } = new();

    /// <summary>For work outside a request: migrations, tests.</summary>
    public static AppDb Open(string connectionString) => new(new DbContextOptionsBuilder<AppDb>().UseNpgsql(connectionString).UseOneModel().Options);

    // Platform
    public DbSet<JournalRow> Journal => Set<JournalRow>();
    public DbSet<FollowerState> FollowerStates => Set<FollowerState>();
    public DbSet<JournalSeal> JournalSeals => Set<JournalSeal>();
    public DbSet<Link> Links => Set<Link>();
    public DbSet<StoredFile> Files => Set<StoredFile>();
    public DbSet<SignInSession> SignInSessions => Set<SignInSession>();
    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();
    public DbSet<SignInFailures> SignInFailures => Set<SignInFailures>();
    public DbSet<Authenticator> Authenticators => Set<Authenticator>();
    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();
    public DbSet<FormerPassword> FormerPasswords => Set<FormerPassword>();
    public DbSet<FirstCode> FirstCodes => Set<FirstCode>();
    public DbSet<SignInChallenge> SignInChallenges => Set<SignInChallenge>();
    public DbSet<ReplayedCall> ReplayedCalls => Set<ReplayedCall>();
    public DbSet<JobRun> JobRuns => Set<JobRun>();
    public DbSet<Notice> Notices => Set<Notice>();
    public DbSet<NoticeChoice> NoticeChoices => Set<NoticeChoice>();
    public DbSet<GroupRobot> GroupRobots => Set<GroupRobot>();
    public DbSet<RobotMessage> RobotMessages => Set<RobotMessage>();
    public DbSet<RobotPace> RobotPaces => Set<RobotPace>();
    public DbSet<RobotCondition> RobotConditions => Set<RobotCondition>();
    public DbSet<SavedFilter> SavedFilters => Set<SavedFilter>();
    public DbSet<ListColumns> ListColumns => Set<ListColumns>();
    public DbSet<DemoMark> DemoMarks => Set<DemoMark>();

    // Organisation
    public DbSet<OrganisationNode> Nodes => Set<OrganisationNode>();
    public DbSet<Unit> Units => Set<Unit>();
    public DbSet<PartyOrganisation> PartyOrganisations => Set<PartyOrganisation>();
    public DbSet<NodeClosure> NodeClosure => Set<NodeClosure>();
    public DbSet<PartyCoverage> PartyCoverage => Set<PartyCoverage>();
    public DbSet<Place> Places => Set<Place>();
    public DbSet<PlaceWord> PlaceWords => Set<PlaceWord>();
    public DbSet<Person> People => Set<Person>();
    public DbSet<Membership> Memberships => Set<Membership>();
    public DbSet<Appointment> Appointments => Set<Appointment>();

    public DbSet<UnitCount> UnitCounts => Set<UnitCount>();
    public DbSet<UnitCountChange> UnitCountChanges => Set<UnitCountChange>();

    public DbSet<ImportRun> ImportRuns => Set<ImportRun>();
    public DbSet<ImportedRecord> ImportedRecords => Set<ImportedRecord>();
    public DbSet<SavedMapping> ImportMappings => Set<SavedMapping>();

    // Duties
    public DbSet<DutyRule> DutyRules => Set<DutyRule>();
    public DbSet<DutyExcuse> DutyExcuses => Set<DutyExcuse>();
    public DbSet<PlanEntry> PlanEntries => Set<PlanEntry>();
    public DbSet<CalendarFeed> CalendarFeeds => Set<CalendarFeed>();

    // Findings
    public DbSet<Finding> Findings => Set<Finding>();
    public DbSet<FindingStep> FindingSteps => Set<FindingStep>();
    public DbSet<FindingWords> FindingWords => Set<FindingWords>();
    public DbSet<WordBlock> WordBlocks => Set<WordBlock>();
    public DbSet<FindingPhoto> FindingPhotos => Set<FindingPhoto>();
    public DbSet<FindingNumber> FindingNumbers => Set<FindingNumber>();
    public DbSet<HazardCategory> HazardCategories => Set<HazardCategory>();
    public DbSet<FindingRules> FindingRules => Set<FindingRules>();
    public DbSet<Recheck> Rechecks => Set<Recheck>();

    // Tasks
    public DbSet<GivenTask> Tasks => Set<GivenTask>();
    public DbSet<TaskStep> TaskSteps => Set<TaskStep>();

    // PublicNotices
    public DbSet<PublicNotice> PublicNotices => Set<PublicNotice>();
    public DbSet<Objection> Objections => Set<Objection>();

    // PartyLife
    public DbSet<Meeting> Meetings => Set<Meeting>();
    public DbSet<AgendaItem> AgendaItems => Set<AgendaItem>();
    public DbSet<Attendance> Attendances => Set<Attendance>();
    public DbSet<Resolution> Resolutions => Set<Resolution>();
    public DbSet<MeetingRules> MeetingRules => Set<MeetingRules>();

    // Safety
    public DbSet<Zone> Zones => Set<Zone>();
    public DbSet<ZonePlace> ZonePlaces => Set<ZonePlace>();
    public DbSet<ZoneLead> ZoneLeads => Set<ZoneLead>();
    public DbSet<SitePlan> SitePlans => Set<SitePlan>();
    public DbSet<Checklist> Checklists => Set<Checklist>();
    public DbSet<ChecklistVersion> ChecklistVersions => Set<ChecklistVersion>();
    public DbSet<Inspection> Inspections => Set<Inspection>();
    public DbSet<SpotCheckDraw> SpotCheckDraws => Set<SpotCheckDraw>();
    public DbSet<WatchWeek> WatchWeeks => Set<WatchWeek>();
    public DbSet<WatchSwap> WatchSwaps => Set<WatchSwap>();
    public DbSet<WatchAbsence> WatchAbsences => Set<WatchAbsence>();
    public DbSet<Violation> Violations => Set<Violation>();
    public DbSet<ViolationKind> ViolationKinds => Set<ViolationKind>();
    public DbSet<Risk> Risks => Set<Risk>();
    public DbSet<RiskRules> RiskRules => Set<RiskRules>();
    public DbSet<RiskSession> RiskSessions => Set<RiskSession>();
    public DbSet<ModelPost> ModelPosts => Set<ModelPost>();
    public DbSet<ModelPostCriteria> ModelPostCriteria => Set<ModelPostCriteria>();
    public DbSet<ZoneAssessment> ZoneAssessments => Set<ZoneAssessment>();

    readonly List<(Aggregate Subject, JournalRow Row)> _unsaved = [];

    /// <summary>Adds a row to the journal, to be written with the change that it tells of.</summary>
    public void Record(Aggregate subject, JournalRow row)
    {
        Journal.Add(row);
        _unsaved.Add((subject, row));
    }

    bool _hasNews;

    /// <summary>Rows of the journal were written here that no follower has been told of.</summary>
    internal void HasNews() => _hasNews = true;

    /// <summary>True once for each time there was news.</summary>
    internal bool TakeNews()
    {
        var had = _hasNews;
        _hasNews = false;
        return had;
    }

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancel = default)
    {
        foreach (var entry in ChangeTracker.Entries())
        {
            if (entry.Entity is Aggregate subject)
            {
                if (entry.State == EntityState.Modified || (entry.State == EntityState.Unchanged && subject.HasActed)) subject.Version++;
                subject.HasActed = false;
            }
            else if (entry is { State: EntityState.Added, Entity: JournalRow }) HasNews();
        }
        AttestUnsaved();
        try
        {
            var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancel);
            _unsaved.Clear();
            return saved;
        }
        catch (DbUpdateConcurrencyException)
        {
            throw new Platform.StaleWrite("这条记录刚刚被别人改动，您的这次办理没有保存，填写的内容还在。请刷新看看最新情况再办。");
        }
    }

    void AttestUnsaved()
    {
        if (_unsaved.Count == 0) return;
        var parts = RecordParts.Changed(ChangeTracker.Entries());
        var told = new HashSet<Guid>();
        foreach (var (subject, row) in _unsaved)
        {
            var entry = Entry(subject);
            Attest(entry, row);
            // Of several rows about one record the first tells of its parts.
            if (RecordParts.Of(entry.Metadata).Count > 0) row.AttestParts(told.Add(subject.Id) ? parts[subject.Id].ToDictionary() : RecordParts.None);
        }
    }

    static void Attest(EntityEntry<Aggregate> subject, JournalRow row) => row.Attest(
        subject.Entity.Version, subject.State is EntityState.Deleted or EntityState.Detached ? null : RecordDigest.Of(subject.Metadata, subject.Entity));

    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);
        model.ApplyConfigurationsFromAssembly(typeof(AppDb).Assembly);
        model.UseRongheConventions();
    }
}
