using Npgsql;

namespace Ronghe.Platform.Data;

/// <summary>
/// Two ways into one database, as connection strings: the owner runs migrations, the application login serves
/// requests and may add to the journal but never rewrite it.
/// </summary>
public sealed record DatabaseAddress(string Owner, string App)
{
    /// <summary>The role that serves requests; <see cref="Schema"/> makes it where it is missing.</summary>
    public const string AppRole = "ronghe_app";

    /// <summary>A server that somebody else runs: one login, which steps down to <see cref="AppRole"/> to serve requests.</summary>
    public static DatabaseAddress External(string connectionString)
    {
        NpgsqlConnectionStringBuilder app;
        try
        {
            app = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException)
        {
            throw new Refusal("数据库连接串（Ronghe__Database）写法有误，没有做任何改动。写法示例：Host=10.0.0.5;Port=5432;Database=ronghe;Username=ronghe;Password=…");
        }
        app.Options = string.Join(' ', new[] { app.Options, $"-c role={AppRole}" }.Where(part => !string.IsNullOrEmpty(part)));
        return new(connectionString, app.ConnectionString);
    }

    /// <summary>The same server and logins, another database.</summary>
    public DatabaseAddress WithDatabase(string name) => new(Rename(Owner, name), Rename(App, name));

    /// <summary>Never the passwords: this is what logs and error texts show.</summary>
    public override string ToString()
    {
        var owner = new NpgsqlConnectionStringBuilder(Owner);
        return $"{owner.Host}:{owner.Port}/{owner.Database}";
    }

    static string Rename(string connectionString, string name) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Database = name }.ConnectionString;
}
