using System.Net;
using System.Net.Sockets;
using System.Text;
using Ronghe.Platform.Outgoing;
using Ronghe.Platform.Robots;

namespace Ronghe.Figures.Access;

/// <summary>
/// R-30: ways to make the product itself call into the plant's network through the address of a group's robot: numbers in every notation,
/// names with tricks, other ports and schemes, names that answer with an inside address, redirects. A canary listens on the inside and must
/// not be touched; once it is on the list of allowed places, the same call must be seen there.
/// </summary>
public sealed class InsideCalls() : Figure("R-30", isShort: true)
{
    const string Token = "0123456789abcdef0123456789abcdef";
    static readonly string[] Paths = [$"/robot/send?access_token={Token}", $"/cgi-bin/webhook/send?key={Token}", $"/open-apis/bot/v2/hook/{Token}"];
    static readonly RobotPlatform[] Platforms = [RobotPlatform.DingTalk, RobotPlatform.WeCom, RobotPlatform.Feishu];

    int _tried, _taken;

    protected override async Task RunAsync(Run run, Tally tally)
    {
        await using var canary = new Canary();
        await using var decoy = new Canary { Redirect = $"{canary.Address}{Paths[0][1..]}" };
        await using var site = await run.Plant.StartAsync(run.Cancel);
        await TypedAsync(site, run, canary, tally);
        await ResolvedAsync(canary, tally, run.Cancel);
        tally.Holds(canary.Hits == 0, $"the canary was touched {canary.Hits} times");
        await RedirectedAsync(site, run, decoy, tally);
        tally.Holds(canary.Hits == 0, $"the canary was touched {canary.Hits} times by redirects");
        var inside = canary.Hits;
        await ControlAsync(site, run, canary, tally);
        (tally.Load, tally.BadInputs) = ("settings of a robot, names, redirects", $"{_tried:N0} addresses, {_taken} taken into the settings");
        tally.Remark = $"internal hits {inside}; control seen";
    }

    /// <summary>Through the product's own door: refused there, or else called for a test.</summary>
    async Task TypedAsync(Site site, Run run, Canary canary, Tally tally)
    {
        using var officer = new Caller(site.Address, run.Plant.Officer.Token);
        var addresses = Addresses(canary.Port).Distinct().ToList();
        await Parallel.ForEachAsync(addresses.Index(), new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = run.Cancel }, async (one, cancel) =>
        {
            var (id, address) = (Guid.CreateVersion7(), one.Item.Replace("{path}", Paths[one.Index % 3], StringComparison.Ordinal));
            var answer = await AddAsync(officer, run, id, Platforms[one.Index % 3], address, cancel);
            Interlocked.Increment(ref _tried);
            tally.Holds(answer.Status < 500, $"{address} was answered {answer.Status}");
            if (!answer.IsGood)
            {
                tally.Holds(answer.IsInChinese, $"{address} was refused without words: {answer.Status}");
                return;
            }
            Interlocked.Increment(ref _taken);
            tally.Lost($"{address} was taken into the settings");
            await officer.PostAsync($"/api/v1/robots/{id}/test", new { }, cancel: cancel);
        });
    }

    /// <summary>Past the settings: a name that is allowed, and answers with an address of the inside.</summary>
    async Task ResolvedAsync(Canary canary, Tally tally, CancellationToken cancel)
    {
        var name = $"https://allowed.example:{canary.Port}";
        foreach (var found in Inside().Select(address => new[] { address }).Append([IPAddress.Parse("8.8.8.8"), IPAddress.Loopback]).Append([]))
        {
            var asked = 0;
            using var calls = new OutgoingCalls(new(AllowedOrigins.Parse("R-30", name)), (_, _) => Task.FromResult(asked++ == 0 ? found : [IPAddress.Loopback]), TimeSpan.FromSeconds(5));
            Interlocked.Increment(ref _tried);
            try
            {
                await calls.PostJsonAsync(new($"{name}{Paths[0]}"), "{}", cancel);
                tally.Lost($"a name that leads to {string.Join<IPAddress>(", ", found)} was called");
            }
            catch (NoAnswer none)
            {
                tally.Holds(none.IsForbidden, $"a name that leads to {string.Join<IPAddress>(", ", found)} was tried: {none.Message}");
            }
        }
    }

    /// <summary>A place that is allowed sends the caller on to the inside.</summary>
    async Task RedirectedAsync(Site site, Run run, Canary decoy, Tally tally)
    {
        await site.RestartAsync(new() { ["Ronghe__RobotHosts"] = $"{decoy.Address.GetLeftPart(UriPartial.Authority)} 127.0.0.1/32" }, run.Cancel);
        using var officer = new Caller(site.Address, run.Plant.Officer.Token);
        foreach (var status in new[] { 301, 302, 303, 307, 308, 300, 201 })
        {
            decoy.Status = status;
            var id = Guid.CreateVersion7();
            (await AddAsync(officer, run, id, RobotPlatform.DingTalk, $"{decoy.Address}{Paths[0][1..]}", run.Cancel)).Must(201);
            (await officer.PostAsync($"/api/v1/robots/{id}/test", new { }, cancel: run.Cancel)).Must(200);
            (await officer.PostAsync($"/api/v1/robots/{id}/removal", new { version = 1 }, cancel: run.Cancel)).Must();
            _tried++;
        }
        tally.MustSee(decoy.Hits > 0, "nobody came to the place that redirects");
    }

    /// <summary>The very same call is made once the operator allows its place.</summary>
    static async Task ControlAsync(Site site, Run run, Canary canary, Tally tally)
    {
        await site.RestartAsync(new() { ["Ronghe__RobotHosts"] = $"{canary.Address.GetLeftPart(UriPartial.Authority)} 127.0.0.1/32" }, run.Cancel);
        using var officer = new Caller(site.Address, run.Plant.Officer.Token);
        var id = Guid.CreateVersion7();
        var added = await AddAsync(officer, run, id, RobotPlatform.DingTalk, $"{canary.Address}{Paths[0][1..]}", run.Cancel);
        tally.MustSee(added.Status == 201, $"the allowed canary was answered {added.Status}");
        await officer.PostAsync($"/api/v1/robots/{id}/test", new { }, cancel: run.Cancel);
        tally.MustSee(canary.Hits > 0, "the canary did not see the call that was allowed");
    }

    static Task<Answer> AddAsync(Caller officer, Run run, Guid id, RobotPlatform platform, string address, CancellationToken cancel) => officer.PostAsync("/api/v1/robots", new
    {
        id, nodeId = run.Plant.Node(Plant.First), platform = platform.ToString(), address, secret = (string?)null,
        settings = new { title = "群", home = "https://ronghe.example", kinds = Array.Empty<string>(), isGathered = false, showsPlaces = false, quietFrom = "22:00:00", quietTo = "07:00:00", digestAt = "08:00:00", isOn = true },
    }, cancel: cancel);

    static IEnumerable<string> Addresses(int port)
    {
        string[] known = ["oapi.dingtalk.com", "qyapi.weixin.qq.com", "open.feishu.cn"];
        foreach (var host in Hosts())
            foreach (var scheme in new[] { "https", "http" })
                yield return $"{scheme}://{host}:{port}{{path}}";
        foreach (var scheme in new[] { "file", "ftp", "gopher", "dict", "ldap", "jar", "ws", "data", "javascript", "unix", "netdoc", "tftp", "", "//", "HTTP", "hTtPs", " https", "https\t" }) yield return $"{scheme}://127.0.0.1:{port}{{path}}";
        foreach (var name in known)
        {
            foreach (var trick in new[]
            {
                $"{name}@127.0.0.1:{port}", $"{name}:443@127.0.0.1:{port}", $"127.0.0.1:{port}@{name}", $"u:p@{name}", $"{name}#@127.0.0.1:{port}", $"{name}%23@127.0.0.1:{port}", $"{name}\\@127.0.0.1:{port}", $"127.0.0.1:{port}\\@{name}",
                $"{name}.127.0.0.1.nip.io:{port}", $"127.0.0.1:{port}#{name}", $"127.0.0.1:{port}?{name}", $"127.0.0.1:{port}/{name}", $"{name}.", $"{name}..", $".{name}", $"evil{name}", $"{name}.evil.example", $"{name}%2eevil.example", $"{name}:{port}", $"{name}:80", $"{name}:22",
                $"{name}:0", $"{name}:99999", $"{name}%00.evil.example", $"{name}%0d%0aHost:127.0.0.1", $"{name}\r\nHost: 127.0.0.1:{port}\r\n\r\n", $"{name}\n", $"{name}\t.evil.example", $"{name} @127.0.0.1:{port}", $"[{name}]", $"{name}\u3002evil.example", $"{name[..^1]}\uff4d", $"{name}\u200b",
                $"@127.0.0.1:{port}", $"//{name}", $"{name}&@127.0.0.1:{port}", $"{name}:443:443", $"{name};127.0.0.1:{port}", $"{name},127.0.0.1:{port}",
            })
                yield return $"https://{trick}{{path}}";
            foreach (var tail in new[] { "/", "", "/admin", "/../{path}", "{path}&x=http://127.0.0.1", "{path}#x", "{path}%0d%0aX: y", "{path}/../../..", "//127.0.0.1{path}", "{path}?url=http://127.0.0.1", "/redirect?to=http://127.0.0.1:1", "/%2e%2e{path}", "{path}\u0000" }) yield return $"https://{name}{tail}";
        }
    }

    /// <summary>This machine and the inside, in every notation that some reader of addresses understands.</summary>
    static IEnumerable<string> Hosts()
    {
        foreach (var host in new[]
        {
            "127.0.0.1", "127.1", "127.0.1", "0", "0.0.0.0", "2130706433", "0x7f000001", "0x7f.0x0.0x0.0x1", "0x7f.1", "017700000001", "0177.0.0.1", "0177.1", "00000177.0.0.01", "127.0.0.1.", "127.0.0.01", "127.0.0.256", "127.127.127.127", "127.0.0.1%00", "127。0。0。1", "１２７.０.０.１",
            "①②⑦.⓪.⓪.①", "localhost", "LOCALHOST", "localhost.", "localhost.localdomain", "ip6-localhost", "ronghe.localhost", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:0001]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b::127.0.0.1]",
            "[2002:7f00:1::]", "[2001:0:7f00:1::]", "[fe80::1]", "[fe80::1%25lo]", "[fd00::1]", "[fec0::1]", "[ff02::1]", "[::1%25lo]", "[::ffff:0:127.0.0.1]", "169.254.169.254", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "[::ffff:169.254.169.254]", "100.100.100.200", "metadata.google.internal",
            "10.0.0.1", "167772161", "0xa000001", "10.1", "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.1.254", "3232235521", "0xc0a80001", "198.18.0.1", "224.0.0.1", "239.255.255.250", "255.255.255.255", "4294967295", "240.0.0.1", "kubernetes.default.svc", "postgres", "redis", "127.0.0.1.nip.io",
            "localtest.me", "spoofed.burpcollaborator.net", "customer1.app.localhost.my.company.127.0.0.1.nip.io", "0x7f000001.nip.io", "127-0-0-1.sslip.io", "xn--127", "xn--", "-", "a..b", "%31%32%37.0.0.1", "127%2e0%2e0%2e1",
        })
            yield return host;
    }

    /// <summary>Each special range, first address and last.</summary>
    static IEnumerable<IPAddress> Inside() => new[]
    {
        "0.0.0.0", "0.255.255.255", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255", "127.0.0.1", "127.255.255.255", "169.254.0.0", "169.254.169.254", "172.16.0.0", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.0.0", "192.168.255.255",
        "198.18.0.0", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:10::1", "2001:db8::1",
        "2002:7f00:1::1", "3fff::1", "fc00::1", "fdff::1", "fe80::1", "fe80::1%1", "fec0::1", "ff02::1",
    }.Select(IPAddress.Parse);

    /// <summary>Something on the inside that notes every connection, whatever is said in it.</summary>
    sealed class Canary : IAsyncDisposable
    {
        readonly TcpListener _listener;
        readonly CancellationTokenSource _stop = new();
        readonly Task _listening;
        int _hits;

        public Canary()
        {
            (_listener, Port) = Listen();
            _listening = ListenAsync();
        }

        public int Port { get; }
        public int Hits => Volatile.Read(ref _hits);
        public Uri Address => new($"http://127.0.0.1:{Port}/");
        public string? Redirect { get; init; }
        public int Status { get; set; } = 200;

        async Task ListenAsync()
        {
            while (!_stop.IsCancellationRequested)
            {
                try
                {
                    var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                    Interlocked.Increment(ref _hits);
                    _ = AnswerAsync(client);
                }
                catch (OperationCanceledException)
                {
                    // Told to stop.
                }
            }
        }

        async Task AnswerAsync(TcpClient client)
        {
            using (client)
            {
                try
                {
                    var stream = client.GetStream();
                    await stream.ReadAtLeastAsync(new byte[8192], 1, throwOnEndOfStream: false, _stop.Token);
                    var where = Redirect is null ? "" : $"Location: {Redirect}\r\nRefresh: 0;url={Redirect}\r\n";
                    await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {Status} x\r\n{where}Content-Type: application/json\r\nContent-Length: 13\r\nConnection: close\r\n\r\n{{\"errcode\":0}}"), _stop.Token);
                }
                catch (Exception fault) when (fault is IOException or OperationCanceledException)
                {
                    // It counted when it came.
                }
            }
        }

        /// <summary>On every address of this machine, so that each notation of it would arrive.</summary>
        static (TcpListener, int) Listen()
        {
            while (true)
            {
                var port = Random.Shared.Next(20_000, 32_000);
                var listener = TcpListener.Create(port);
                try
                {
                    listener.Start();
                    return (listener, port);
                }
                catch (SocketException)
                {
                    listener.Dispose();
                }
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            _listener.Dispose();
            await _listening;
            _stop.Dispose();
        }
    }
}
