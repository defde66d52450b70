using System.Text.Json;
using Ronghe.Organisation.Accounts;
using Ronghe.Organisation.Appointments;
using Ronghe.Platform.Cli;
using Ronghe.Platform.Hosting;

namespace Ronghe.Tests.Organisation.Accounts;

/// <summary>The operator at the server's console.</summary>
public sealed class AccountCommandTests(AccountCommandTests.Plant plant) : IClassFixture<AccountCommandTests.Plant>
{
    /// <summary>Held open, so that each command joins the database instead of starting and stopping one.</summary>
    public sealed class Plant : IAsyncLifetime
    {
        readonly TestFolder _folder = new();
        OpenProduct? _product;

        public string Folder => _folder.Path;

        public async ValueTask InitializeAsync()
        {
            _product = await Program.Product.OpenAsync(new Deployment(Folder, IsDemo: false), LogStyle.Plain);
            await using var db = AppDb.Open(_product.Address.Owner);
            await World.BuildAsync(db);
        }

        public async ValueTask DisposeAsync()
        {
            if (_product is not null) await _product.DisposeAsync();
            _folder.Dispose();
        }
    }

    [Fact]
    public async Task The_operator_hands_out_passwords_tokens_and_the_first_administrators_post()
    {
        var (exit, answer) = await RunAsync("user", "add", "--number", "0203", "--administrator", "security");
        Assert.Equal(CliExit.Ok, exit);
        Assert.Equal("王磊", answer.GetProperty("name").GetString());
        Assert.Matches("^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$", answer.GetProperty("initialPassword").GetString());
        Assert.Equal(Posts.SecurityAdministrator, answer.GetProperty("administrator").GetString());

        (exit, answer) = await RunAsync("user", "token", "--number", "0203", "--title", "月报", "--days", "30");
        Assert.Equal(CliExit.Ok, exit);
        Assert.StartsWith("rh_", answer.GetProperty("token").GetString());
        (exit, _) = await RunAsync("user", "unlock", "--number", "0203");
        Assert.Equal(CliExit.Ok, exit);
        (exit, answer) = await RunAsync("user", "dismiss", "--number", "0203");
        Assert.Equal(CliExit.Ok, exit);
        Assert.Equal("安全保密管理员", answer.GetProperty("dismissed")[0].GetString());
    }

    [Theory]
    [InlineData("没有工号为", "user", "add", "--number", "9999")]
    [InlineData("进程列表", "user", "add", "--number", "0203", "--password", "a-password-in-the-open")]
    [InlineData("只能是", "user", "add", "--number", "0203", "--administrator", "root")]
    [InlineData("三个人分别担任", "user", "add", "--number", "0104", "--administrator", "audit")]
    [InlineData("不是三员", "user", "dismiss", "--number", "0205")]
    [InlineData("1 到 365", "user", "token", "--number", "0203", "--title", "月报", "--days", "999")]
    public async Task What_makes_no_sense_is_refused_in_words(string words, params string[] command)
    {
        var (exit, answer) = await RunAsync(command);
        Assert.Equal(CliExit.Refused, exit);
        Assert.Contains(words, answer.GetProperty("error").GetString());
    }

    async Task<(int Exit, JsonElement Answer)> RunAsync(params string[] words)
    {
        var results = new StringWriter();
        CliCommand[] commands = [new UserAddCommand(), new UserDismissCommand(), new UserUnlockCommand(), new UserTokenCommand()];
        var exit = await new CommandLine(Program.Product, commands, results, new StringWriter()).RunAsync([.. words, "--data", plant.Folder, "--json"]);
        return (exit, JsonDocument.Parse(results.ToString()).RootElement);
    }
}
