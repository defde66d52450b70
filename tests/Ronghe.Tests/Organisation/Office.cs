using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Organisation;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Organisation.People;
using Ronghe.Organisation.Units;
using Ronghe.Platform.Data;
using Ronghe.Platform.Security;

namespace Ronghe.Tests.Organisation;

/// <summary>A small company in a database of its own, worked on through the organisation's own actions, without HTTP.</summary>
public sealed class Office : IAsyncDisposable
{
    readonly ServiceProvider _root;

    Office(ServiceProvider root) => _root = root;

    public Guid Company { get; } = Guid.CreateVersion7();
    public DateOnly Today { get; } = new(2026, 11, 20);

    public static async Task<Office> OpenAsync()
    {
        var address = await TestServer.FreshDatabaseAsync();
        var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(new StoppedClock())
            .AddDatabase(address.App)
            .AddSingleton(_ =>
            {
                var rights = new PostRights();
                rights.GrantOrganisation();
                return rights;
            })
            .AddSingleton(SignInPolicy.Asvs)
            .AddScoped<CurrentMe>().AddScoped<MeQuery>()
            .AddScoped(scope => scope.GetRequiredService<CurrentMe>().Me)
            .AddOrganisation();
        var office = new Office(services.BuildServiceProvider(validateScopes: true));
        await office.AsAsync<UnitActions>(Me.System, units => units.CreateAsync(new(UnitKind.Plant, "澄岭热电厂", "10", null) { Id = office.Company }));
        return office;
    }

    /// <summary>One act or question of one person, in a scope of its own like a request.</summary>
    public async Task<T> AskAsync<TSubject, T>(Me me, Func<TSubject, Task<T>> ask) where TSubject : notnull
    {
        await using var scope = _root.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentMe>().Become(me);
        return await ask(scope.ServiceProvider.GetRequiredService<TSubject>());
    }

    public Task AsAsync<TSubject>(Me me, Func<TSubject, Task> act) where TSubject : notnull =>
        AskAsync<TSubject, bool>(me, async subject => { await act(subject); return true; });

    public Task<T> ReadAsync<T>(Func<AppDb, Task<T>> read) => AskAsync(Me.System, read);

    public async Task<Guid> UnitAsync(string name, Guid? parent = null, UnitKind kind = UnitKind.Department, string? code = null) =>
        await AskAsync<UnitActions, Guid>(Me.System, units => units.CreateAsync(new(kind, name, code ?? Guid.CreateVersion7().ToString("n"), parent ?? Company)));

    public async Task<Guid> PartyAsync(string name, Guid? parent = null, PartyOrganisationKind kind = PartyOrganisationKind.Branch) =>
        await AskAsync<PartyOrganisationActions, Guid>(Me.System, parties =>
            parties.CreateAsync(new(kind, name, Guid.CreateVersion7().ToString("n"), parent) { CompanyId = Company }));

    public async Task<Guid> PersonAsync(string number, string name, Guid unit, PersonFacts? facts = null) =>
        await AskAsync<PeopleActions, Guid>(Me.System, people => people.AddAsync(new(number, (facts ?? new(name, unit)) with { Name = name, UnitId = unit })));

    public async Task AppointAsync(Guid person, Guid node, string post) =>
        await AsAsync<Ronghe.Organisation.Appointments.AppointmentActions>(Me.System, posts => posts.AppointAsync(new(person, node, post, Today.AddYears(-1))));

    /// <summary>The person with the rights of today.</summary>
    public async Task<Me> MeAsync(Guid person)
    {
        await using var scope = _root.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AppDb>().Database.ExecuteSqlAsync($"""
            insert into accounts (id, person_id, created_at, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
            values ({Guid.CreateVersion7()}, {person}, now(), false, false, false, false, 0) on conflict do nothing
            """);
        return await scope.ServiceProvider.GetRequiredService<MeQuery>().ByPersonAsync(person) ?? throw new InvalidOperationException("Nobody.");
    }

    public ValueTask DisposeAsync() => _root.DisposeAsync();

    sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 20, 4, 0, 0, TimeSpan.Zero);
    }
}
