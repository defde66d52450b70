using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Ronghe.Findings;
using Ronghe.Organisation;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Imports;
using Ronghe.Platform.Data;
using Ronghe.Platform.Files;

namespace Ronghe.Tests.Organisation.Imports;

/// <summary>An empty product that files are taken into, without HTTP, on a database of its own.</summary>
public sealed class ImportDesk : IAsyncDisposable
{
    readonly TestFolder _folder = new();
    readonly ServiceProvider _root;
    readonly DatabaseAddress _address;

    ImportDesk(DatabaseAddress address, Action<IServiceCollection>? adjust)
    {
        _address = address;
        var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(Clock).AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddSingleton<ILoggerFactory>(LoggerFactory.Create(_ => { }))
            .AddDatabase(address.App).AddFiles(_folder.Path).AddAccess().AddOrganisation()
            .AddRights(rights => rights.GrantOrganisation()).AddImports().AddRights(rights => rights.GrantImports())
            .AddFindings().AddRights(rights => rights.GrantFindings());
        adjust?.Invoke(services);
        _root = services.BuildServiceProvider(validateScopes: true);
    }

    public TestClock Clock { get; } = new();

    public static async Task<ImportDesk> OpenAsync(Action<IServiceCollection>? adjust = null) => new(await TestServer.FreshDatabaseAsync(), adjust);

    /// <summary>With the plant's organisation, and its people if asked for.</summary>
    public static async Task<ImportDesk> WithPlantAsync(bool people = false)
    {
        var desk = await OpenAsync();
        await desk.ReadAsync(db => HazardCategoryPack.LoadAsync(db, Program.ContentFolder));
        Assert.Empty((await desk.ImportAsync("org", EditedFile.Whole("org.xlsx"), "org.xlsx")).Errors);
        if (people) Assert.Empty((await desk.ImportAsync("people", EditedFile.Whole("roster.xlsx"), "roster.xlsx")).Errors);
        return desk;
    }

    public Task<ImportResult> ImportAsync(string kind, Stream file, string name, ImportOptions? options = null) =>
        AsAsync<ImportActions, ImportResult>(imports => imports.ImportAsync(kind, name, file, options ?? new()));

    public Task<ImportResult> CheckAsync(string kind, Stream file, string name) => ImportAsync(kind, file, name, new() { IsDryRun = true });

    /// <summary>One act of the system itself, in a scope of its own.</summary>
    public async Task<T> AsAsync<TSubject, T>(Func<TSubject, Task<T>> act, Me? me = null) where TSubject : notnull
    {
        await using var scope = _root.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentMe>().Become(me ?? Me.System);
        return await act(scope.ServiceProvider.GetRequiredService<TSubject>());
    }

    public Task AsAsync<TSubject>(Func<TSubject, Task> act) where TSubject : notnull => AsAsync<TSubject, bool>(async subject =>
    {
        await act(subject);
        return true;
    });

    public Task<T> ReadAsync<T>(Func<AppDb, Task<T>> read) => AsAsync(read);

    public Task ReadAsync(Func<AppDb, Task> read) => AsAsync(read);

    /// <summary>How many records of each kind there are: what an import changes or must not change.</summary>
    public Task<string> CensusAsync() => ReadAsync(async db => string.Join(" ",
        $"nodes {await db.Nodes.CountAsync()}", $"closure {await db.NodeClosure.CountAsync()}", $"coverage {await db.PartyCoverage.CountAsync()}",
        $"people {await db.People.CountAsync()}", $"members {await db.Memberships.CountAsync()}", $"posts {await db.Appointments.CountAsync()}",
        $"places {await db.Places.CountAsync()}", $"words {await db.PlaceWords.CountAsync()}", $"findings {await db.Findings.CountAsync()}",
        $"steps {await db.FindingSteps.CountAsync()}", $"runs {await db.ImportRuns.CountAsync()}", $"journal {await db.Journal.CountAsync()}"));

    /// <summary>What only the owner of the tables may do.</summary>
    public async Task AsOwnerAsync(string sql)
    {
        await using var db = AppDb.Open(_address.Owner);
        await db.Database.ExecuteSqlRawAsync(sql);
    }

    public async Task UndoAsync(Guid runId)
    {
        var version = await ReadAsync(db => db.ImportRuns.Where(run => run.Id == runId).Select(run => run.Version).SingleAsync());
        await AsAsync<ImportActions>(imports => imports.UndoAsync(runId, version));
    }

    public async ValueTask DisposeAsync()
    {
        await _root.DisposeAsync();
        _folder.Dispose();
    }
}
