using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Ronghe.Platform.Backup;
using Ronghe.Platform.Cli;
using Ronghe.Platform.Files;
using Ronghe.Platform.Hosting;

namespace Ronghe.Tests.Platform.Backup;

/// <summary>One small product with files, backed up once while somebody writes; each test then does something with that backup.</summary>
public sealed class BackupFixture : IAsyncLifetime
{
    readonly TestFolder folder = new();

    public string Data => folder["data"];
    public string Backup => folder["backup"];
    public string Hash { get; private set; } = "";
    /// <summary>Encrypted with the keys of the data folder.</summary>
    public string Secret { get; private set; } = "";
    /// <summary>Journal rows whose writer was told that they are safe before the backup ended.</summary>
    public List<Guid> Acknowledged { get; } = [];
    public JsonElement Answer { get; private set; }

    public string this[string name] => folder[name];

    public async ValueTask InitializeAsync()
    {
        await using var open = await Program.Product.OpenAsync(new(Data, IsDemo: false), LogStyle.Plain);
        await using (var db = AppDb.Open(open.Address.Owner)) await World.BuildAsync(db);
        Hash = await StoreAsync(open.Services);
        Secret = open.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Protect("谈话内容");
        using var done = new CancellationTokenSource();
        var writing = WriteAsync(open.Address.Owner, done.Token);
        (var exit, Answer) = await RunAsync("backup", Backup, "--verify", "--data", Data);
        var before = Acknowledged.Count;
        await done.CancelAsync();
        await writing;
        Assert.True(exit == CliExit.Ok, Answer.ToString());
        Acknowledged.RemoveRange(before, Acknowledged.Count - before);
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    public static async Task<(int Exit, JsonElement Answer)> RunAsync(params string[] words)
    {
        var (results, talk) = (new StringWriter(), new StringWriter());
        var exit = await new CommandLine(Program.Product, [new BackupCommand(), new RestoreCommand()], results, talk).RunAsync([.. words, "--json"]);
        return (exit, JsonDocument.Parse(results.ToString()).RootElement);
    }

    static async Task<string> StoreAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var file = await scope.ServiceProvider.GetRequiredService<FileActions>().AddAsync(new MemoryStream([.. "照片的内容"u8]), "现场.bin", "application/octet-stream", new("test", Guid.CreateVersion7(), null));
        await scope.ServiceProvider.GetRequiredService<AppDb>().SaveChangesAsync();
        return file.Hash;
    }

    async Task WriteAsync(string owner, CancellationToken stop)
    {
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync(CancellationToken.None);
        while (!stop.IsCancellationRequested)
        {
            var id = Guid.CreateVersion7();
            await using var command = new NpgsqlCommand("insert into journal (at, subject_kind, subject_id, subject_version, event) values (now(), 'test', $1, 1, 'test.written')", connection)
            {
                Parameters = { new() { Value = id } },
            };
            await command.ExecuteNonQueryAsync(CancellationToken.None);
            Acknowledged.Add(id);
        }
    }
}

public class BackupTests(BackupFixture backup) : IClassFixture<BackupFixture>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_backed_up_under_writing_comes_back_and_the_product_runs_on_it()
    {
        var into = backup["restored"];
        var (exit, answer) = await BackupFixture.RunAsync("restore", backup.Backup, into);
        Assert.True(exit == CliExit.Ok, answer.ToString());
        var asOf = backup.Answer.GetProperty("asOf").GetDateTimeOffset();
        await using var open = await Program.Product.OpenAsync(new(into, IsDemo: false), LogStyle.Plain, cancel: Cancel);
        await using var scope = open.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var found = await db.Journal.Where(row => row.SubjectKind == "test").Select(row => row.SubjectId).ToHashSetAsync(Cancel);
        var owed = backup.Acknowledged.Where(id => DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(id.ToString("N")[..12], 16)) < asOf.AddSeconds(-1)).ToList();
        Assert.NotEmpty(owed);
        Assert.DoesNotContain(owed, id => !found.Contains(id));
        Assert.Equal(backup.Answer.GetProperty("rows").GetProperty("people").GetInt64(), await db.People.CountAsync(Cancel));
        Assert.True(await scope.ServiceProvider.GetRequiredService<FileStore>().IsIntactAsync(backup.Hash, Cancel));
        Assert.Equal(KeysOf(backup.Data), KeysOf(into));
        Assert.Equal("谈话内容", open.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Unprotect(backup.Secret));
        Assert.Equal(1, await db.Journal.CountAsync(row => row.SubjectKind == "backup", Cancel));
    }

    [Fact]
    public void Keys_lie_apart_and_nothing_is_left_of_the_trial()
    {
        Assert.NotEmpty(KeysOf(backup.Backup + ".keys"));
        Assert.False(Directory.Exists(Path.Combine(backup.Backup, "keys")));
        Assert.False(Directory.Exists(backup.Backup + ".verify"));
        Assert.True(backup.Answer.GetProperty("verified").GetBoolean());
    }

    [Fact]
    public async Task A_folder_in_use_is_refused_and_left_as_it_is()
    {
        var used = Directory.CreateDirectory(backup["used"]).FullName;
        await File.WriteAllTextAsync(Path.Combine(used, "mine.txt"), "meins", Cancel);
        foreach (var words in new[] { new[] { "backup", used, "--data", backup.Data }, ["restore", backup.Backup, used] })
        {
            var (exit, answer) = await BackupFixture.RunAsync(words);
            Assert.Equal(CliExit.Refused, exit);
            Assert.Contains("不是空的", answer.GetProperty("error").GetString());
        }
        Assert.Equal(["mine.txt"], Directory.EnumerateFileSystemEntries(used).Select(Path.GetFileName));
        Assert.False(Directory.Exists(used + ".keys"));
    }

    [Fact]
    public async Task A_backup_inside_the_data_folder_is_refused()
    {
        var (exit, answer) = await BackupFixture.RunAsync("backup", Path.Combine(backup.Data, "backup"), "--data", backup.Data);
        Assert.Equal(CliExit.Refused, exit);
        Assert.Contains("在数据目录里面", answer.GetProperty("error").GetString());
    }

    public static TheoryData<string, string> Damages => new()
    {
        { "no manifest", "不是完整的备份" }, { "changed manifest", "已损坏或被改动过" }, { "changed list", "缺失或已损坏" }, { "bit of a table", "缺失或已损坏" },
        { "bit of the log", "缺失或已损坏" }, { "cut file", "缺失或已损坏" }, { "missing photo", "缺失或已损坏" }, { "keys of another", "缺失或已损坏" }, { "no keys", "没有找到这个备份的密钥" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_damaged_or_partial_backup_is_recognised_and_nothing_is_left_of_the_attempt(string damage, string words)
    {
        var (copy, into) = (backup["copy " + damage], backup["into " + damage]);
        CopyFolder(backup.Backup, copy);
        CopyFolder(backup.Backup + ".keys", copy + ".keys");
        Damage(damage, copy);
        var (exit, answer) = await BackupFixture.RunAsync("restore", copy, into);
        Assert.Equal(CliExit.Refused, exit);
        Assert.Contains(words, answer.GetProperty("error").GetString());
        Assert.False(Directory.Exists(into));
        Directory.Delete(copy, recursive: true);
    }

    [Fact]
    public async Task Without_its_keys_a_backup_comes_back_when_that_is_said_in_so_many_words()
    {
        var (copy, into) = (backup["keyless"], backup["keyless restored"]);
        CopyFolder(backup.Backup, copy);
        Assert.Equal(CliExit.Refused, (await BackupFixture.RunAsync("restore", copy, into)).Exit);
        Assert.Equal(CliExit.Ok, (await BackupFixture.RunAsync("restore", copy, into, "--without-keys")).Exit);
        Assert.False(Directory.Exists(Path.Combine(into, "keys")));
    }

    static void Damage(string damage, string copy)
    {
        var table = new DirectoryInfo(Path.Combine(copy, "database", "base")).EnumerateFiles("*", SearchOption.AllDirectories).OrderByDescending(file => file.Length).First().FullName;
        switch (damage)
        {
            case "no manifest": File.Delete(Path.Combine(copy, "manifest.json")); break;
            case "changed manifest": Replace(Path.Combine(copy, "manifest.json"), "\"people\"", "\"peopel\""); break;
            case "changed list": File.AppendAllText(Path.Combine(copy, "contents.txt"), "x"); break;
            case "bit of a table": Flip(table); break;
            case "bit of the log": Flip(Directory.EnumerateFiles(Path.Combine(copy, "database", "pg_wal")).First()); break;
            case "cut file": using (var file = File.OpenWrite(table)) file.SetLength(file.Length / 2); break;
            case "missing photo": File.Delete(Directory.EnumerateFiles(Path.Combine(copy, "files"), "*", SearchOption.AllDirectories).First()); break;
            case "keys of another": Flip(Directory.EnumerateFiles(Path.Combine(copy + ".keys", "keys")).First()); break;
            case "no keys": Directory.Delete(copy + ".keys", recursive: true); break;
            default: throw new ArgumentException(damage);
        }
    }

    static void Flip(string path)
    {
        using var file = File.Open(path, FileMode.Open);
        file.Position = file.Length / 2;
        var value = file.ReadByte();
        file.Position--;
        file.WriteByte((byte)(value ^ 1));
    }

    static void Replace(string path, string old, string with) => File.WriteAllText(path, File.ReadAllText(path).Replace(old, with));

    static string[] KeysOf(string folder) => [.. Directory.EnumerateFiles(Path.Combine(folder, "keys")).Order().Select(File.ReadAllText)];

    static void CopyFolder(string from, string to)
    {
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories)) Directory.CreateDirectory(to + folder[from.Length..]);
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories)) File.Copy(file, to + file[from.Length..]);
    }
}
