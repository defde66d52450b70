using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Ronghe.Findings;
using Ronghe.Platform.Files;
using Ronghe.Platform.Journal;
using Ronghe.Tests.Findings;

namespace Ronghe.Tests.Platform.Journal;

/// <summary>Whatever is done to the journal, the seals or the records by hand, the check finds it; without that it finds nothing.</summary>
public sealed class SealTests : IAsyncLifetime
{
    TestApp _app = null!;
    List<KeptSeal> _kept = [];

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync();
        for (var batch = 0; batch < 3; batch++)
        {
            var last = Guid.Empty;
            for (var at = 0; at < 4; at++) await _app.AssignAsync(last = await _app.ReportAsync(_app.World.Zhang, $"第 {batch} 批第 {at} 条", _app.World.CoalFeeder.Id));
            await _app.ActAsync(_app.World.Liu, last, (actions, version) => actions.RectifyAsync(last, version, "已补焊", [Photo(last)]));
            await _app.FollowAsync();
        }
        _kept = await _app.InDatabase(async db => (await db.JournalSeals.OrderBy(s => s.Number).ToListAsync()).ConvertAll(s => new KeptSeal(s.Number, Convert.ToHexStringLower(s.Hash))));
    }

    static StoredFile Photo(Guid finding) => new() { Hash = "", ThumbHash = "", MediaType = "image/jpeg", OwnerKind = FindingActions.Kind, OwnerId = finding };

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task An_untouched_journal_verifies_with_its_records_and_with_copies_of_its_seals()
    {
        var (seals, records) = await VerifyAsync(_kept);
        Assert.Empty(seals.Problems);
        Assert.DoesNotContain(records.Problems, problem => !problem.Contains("没有任何流水"));
        Assert.Equal((0L, 12L), (seals.Unsealed, records.Compared));
        Assert.True(seals.Seals >= 3 && seals.Sealed >= 36);
    }

    [Theory]
    [InlineData("update journal set event = 'finding.closed' where seq = (select min(seq) + 5 from journal)")]
    [InlineData("update journal set at = at + interval '1 microsecond' where seq = (select min(seq) + 5 from journal)")]
    [InlineData("update journal set actor_id = gen_random_uuid() where seq = (select min(seq) from journal)")]
    [InlineData("update journal set actor_id = null where seq = (select max(seq) from journal)")]
    [InlineData("update journal set data = data || '{\"x\":1}' where seq = (select max(seq) from journal)")]
    [InlineData("update journal set subject_digest = sha256('x') where seq = (select max(seq) from journal)")]
    [InlineData("update journal set xid = (xid::text::bigint - 1)::text::xid8 where seq = (select max(seq) from journal)")]
    [InlineData("delete from journal where seq = (select max(seq) from journal)")]
    [InlineData("delete from journal where seq = (select min(seq) from journal)")]
    [InlineData("delete from journal")]
    [InlineData("insert into journal (at, subject_kind, subject_id, subject_version, event, xid) select at, subject_kind, subject_id, subject_version, event, xid from journal order by seq limit 1")]
    [InlineData("update journal_seals set hash = sha256('x') where number = 2")]
    [InlineData("update journal_seals set rows = rows - 1 where number = 1")]
    [InlineData("delete from journal_seals where number = 2")]
    public async Task Tampering_with_the_journal_shows(string sql)
    {
        await ByHandAsync(sql);
        Assert.False((await VerifyAsync([])).Seals.Holds);
    }

    [Fact]
    public async Task Cutting_off_the_end_shows_only_against_seals_kept_elsewhere()
    {
        await ByHandAsync("""
            delete from journal where (xid, seq) > (select to_xid, to_seq from journal_seals order by number desc offset 1 limit 1);
            delete from journal_seals where number = (select max(number) from journal_seals)
            """);
        Assert.True((await VerifyAsync([])).Seals.Holds);
        Assert.Contains("被退回到了从前", Assert.Single((await VerifyAsync(_kept)).Seals.Problems));
    }

    [Theory]
    [InlineData("update findings set description = description || '。' where number = (select min(number) from findings)", "被平台以外的手改动过")]
    [InlineData("update findings set version = version + 1 where number = (select min(number) from findings)", "被平台以外的手改动过")]
    [InlineData("update findings set rectifier_id = null where number = (select min(number) from findings)", "被平台以外的手改动过")]
    [InlineData("delete from finding_steps; delete from findings where number = (select min(number) from findings)", "记录却不见了")]
    [InlineData("create temp table copy as select * from findings limit 1; update copy set id = '00000000-0000-7000-8000-000000000001', number = 'YH-0'; insert into findings select * from copy", "没有任何流水")]
    [InlineData("update finding_steps set note = '没有的话' where id = (select id from finding_steps order by id limit 1)", "一条步骤被平台以外的手改动过")]
    [InlineData("update finding_steps set by_id = null, at = at + interval '1 microsecond' where id = (select id from finding_steps order by id limit 1)", "一条步骤被平台以外的手改动过")]
    [InlineData("delete from finding_steps where id = (select id from finding_steps order by id limit 1)", "流水里有的一条照片或步骤不见了")]
    [InlineData("create temp table copy as select * from finding_steps limit 1; update copy set id = gen_random_uuid(); insert into finding_steps select * from copy", "一条步骤没有流水")]
    [InlineData("update finding_photos set by_id = null", "一条照片被平台以外的手改动过")]
    [InlineData("update finding_photos set file_id = gen_random_uuid()", "一条照片没有流水")]
    [InlineData("delete from finding_photos", "流水里有的一条照片或步骤不见了")]
    [InlineData("insert into finding_photos select id, gen_random_uuid(), 'After', null, now() from findings limit 1", "一条照片没有流水")]
    public async Task Tampering_with_records_shows(string sql, string says)
    {
        await ByHandAsync(sql);
        var records = (await VerifyAsync([])).Records;
        Assert.Contains(records.Problems, problem => problem.StartsWith("隐患", StringComparison.Ordinal) && problem.Contains(says));
    }

    [Fact]
    public async Task Parts_of_records_from_before_the_journal_told_of_parts_are_left_out_and_their_later_parts_are_not()
    {
        // As rows were written then; their seals do not matter here.
        await ByHandAsync("update journal set data = data - 'parts'");
        var before = (await VerifyAsync([])).Records;
        Assert.DoesNotContain(before.Problems, problem => problem.StartsWith("隐患", StringComparison.Ordinal));
        Assert.Equal(12 + 24 + 3 + 3, before.Uncovered);
        var id = await _app.InDatabase(db => db.Findings.OrderBy(f => f.Number).Select(f => f.Id).FirstAsync());
        await _app.RectifyAsync(id);
        Assert.Equal(before.Uncovered, (await VerifyAsync([])).Records.Uncovered);
        await ByHandAsync("update finding_steps set note = '没有的话' where verb = 'Rectify' and at = (select max(at) from finding_steps)");
        Assert.Contains((await VerifyAsync([])).Records.Problems, problem => problem.Contains("一条步骤被平台以外的手改动过"));
    }

    [Fact]
    public async Task An_exported_file_verifies_without_the_server_and_a_changed_one_does_not()
    {
        var file = new FileInfo(Path.Combine(Path.GetTempPath(), $"ronghe-{Guid.CreateVersion7():n}.jsonl.gz"));
        try
        {
            await _app.InDatabase(async db =>
            {
                var reading = new JournalReading(db);
                await using var still = await reading.FreezeAsync();
                await using var target = file.Create();
                return await JournalFile.WriteAsync(target, reading.RowsAsync(), await reading.SealsAsync(), _app.Clock.GetUtcNow());
            });
            var seals = await JournalFile.SealsAsync(file);
            var verdict = await new SealWalk(seals, _kept).RunAsync(JournalFile.RowsAsync(file));
            Assert.Empty(verdict.Problems);
            Assert.True(verdict.Sealed >= 36);
            var rows = new List<SealedRow>();
            await foreach (var row in JournalFile.RowsAsync(file)) rows.Add(row);
            rows[7] = rows[7] with { Event = "finding.closed" };
            Assert.False((await new SealWalk(seals, []).RunAsync(rows.ToAsyncEnumerable())).Holds);
        }
        finally
        {
            file.Delete();
        }
    }

    [Fact]
    public async Task Copies_in_a_second_place_are_only_added_to_and_survive_a_torn_line()
    {
        var file = new FileInfo(Path.Combine(Path.GetTempPath(), $"ronghe-{Guid.CreateVersion7():n}.jsonl"));
        try
        {
            Task<int> Copy() => _app.AsAsync(_app.World.Zheng, services => services.GetRequiredService<SealCopies>().AppendAsync(file));
            Assert.Equal(_kept.Count, await Copy());
            Assert.Equal(0, await Copy());
            var whole = await File.ReadAllTextAsync(file.FullName);
            await File.WriteAllTextAsync(file.FullName, whole[..^20]);
            Assert.Equal(_kept.Count - 1, (await SealCopies.ReadAsync(file)).Count);
            Assert.Equal(1, await Copy());
            Assert.Equal(whole, await File.ReadAllTextAsync(file.FullName));
            Assert.Equal(_kept, await SealCopies.ReadAsync(file));
        }
        finally
        {
            file.Delete();
        }
    }

    [Fact]
    public async Task The_application_itself_may_not_touch_a_seal()
    {
        foreach (var sql in new[] { "update journal_seals set rows = 0", "delete from journal_seals", "truncate journal_seals" })
            await Assert.ThrowsAsync<PostgresException>(() => _app.InDatabase(db => db.Database.ExecuteSqlRawAsync(sql)));
    }

    Task<(SealVerdict Seals, RecordVerdict Records)> VerifyAsync(IReadOnlyList<KeptSeal> kept) => _app.AsAsync(_app.World.Zheng, async services =>
    {
        var reading = services.GetRequiredService<JournalReading>();
        await using var still = await reading.FreezeAsync();
        var seals = await new SealWalk(await reading.SealsAsync(), kept).RunAsync(reading.RowsAsync());
        return (seals, await services.GetRequiredService<RecordCheck>().RunAsync());
    });

    async Task ByHandAsync(string sql)
    {
        await using var owner = new NpgsqlConnection(_app.Database.Owner);
        await owner.OpenAsync();
        await using var command = new NpgsqlCommand(sql, owner);
        await command.ExecuteNonQueryAsync();
    }
}
