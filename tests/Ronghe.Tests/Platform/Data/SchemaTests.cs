using Npgsql;
using Ronghe.Platform;
using Ronghe.Platform.Data;

namespace Ronghe.Tests.Platform.Data;

public class SchemaTests
{
    static readonly Schema Schema = new(AppDb.Open);
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_empty_database_lacks_every_migration_and_a_migrated_one_none()
    {
        var address = await TestServer.EmptyDatabaseAsync();
        Assert.NotEmpty(await Schema.PendingAsync(address, Cancel));
        await Schema.MigrateAsync(address, Cancel);
        Assert.Empty(await Schema.PendingAsync(address, Cancel));
    }

    [Fact]
    public async Task Three_nodes_that_migrate_at_once_do_not_trip_over_each_other()
    {
        var address = await TestServer.EmptyDatabaseAsync();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Schema.MigrateAsync(address, Cancel)));
        Assert.Empty(await Schema.PendingAsync(address, Cancel));
    }

    [Fact]
    public async Task Somebody_elses_server_serves_requests_as_the_application_role()
    {
        var address = DatabaseAddress.External((await TestServer.FreshDatabaseAsync()).Owner);
        await using var connection = new NpgsqlConnection(address.App);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand("select current_user::text", connection);
        Assert.Equal(DatabaseAddress.AppRole, await command.ExecuteScalarAsync(Cancel));
    }

    [Fact]
    public async Task The_application_may_add_to_the_journal_but_not_change_it()
    {
        var address = await TestServer.FreshDatabaseAsync();
        await using var connection = new NpgsqlConnection(address.App);
        await connection.OpenAsync(Cancel);
        await RunAsync("insert into journal (at, subject_kind, subject_id, subject_version, event) values (now(), 't', gen_random_uuid(), 1, 't.made')");
        foreach (var sql in new[] { "update journal set event = 'x'", "delete from journal", "truncate journal" })
            Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => RunAsync(sql))).SqlState);

        async Task RunAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(Cancel);
        }
    }

    [Fact]
    public void A_malformed_connection_string_is_refused_without_repeating_it()
    {
        var refusal = Assert.Throws<Refusal>(() => DatabaseAddress.External("Hosst=db;Password=geheim"));
        Assert.DoesNotContain("geheim", refusal.Message);
    }

    [Fact]
    public void An_address_shows_no_password() =>
        Assert.Equal("db:5432/ronghe", DatabaseAddress.External("Host=db;Database=ronghe;Username=u;Password=geheim").ToString());
}
