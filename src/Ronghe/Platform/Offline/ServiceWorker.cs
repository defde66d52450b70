using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.StaticAssets;

namespace Ronghe.Platform.Offline;

/// <summary>
/// The script that answers in the server's place while there is no signal. It stands at the root, so that it may answer for every page, and
/// names the assets of this version by their fingerprints: another version is another script, which browsers notice by themselves.
/// </summary>
static class ServiceWorker
{
    public const string Address = "/service-worker.js";

    const string Worker = "assets/worker.js";

    /// <summary>What every page needs to look and work as it does online.</summary>
    static readonly string[] Shell = ["assets/app.css", "assets/app.js", "assets/icons.svg", "favicon.svg"];

    public static string ScriptOf(IEnumerable<EndpointDataSource> sources)
    {
        var assets = sources.SelectMany(source => source.Endpoints).Select(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>()).OfType<StaticAssetDescriptor>().ToList();
        var shell = Shell.Select(name => AddressOf(assets, name)).ToList();
        var worker = AddressOf(assets, Worker);
        var version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', [.. shell, worker]))))[..16];
        return $"self.shell={JsonSerializer.Serialize(new { version, assets = shell }, JsonSerializerOptions.Web)};importScripts({JsonSerializer.Serialize(worker)});\n";
    }

    public static Task WriteAsync(HttpContext http, string script)
    {
        http.Response.ContentType = "text/javascript; charset=utf-8";
        http.Response.Headers.CacheControl = "no-cache";
        return http.Response.WriteAsync(script);
    }

    /// <summary>With its fingerprint where there is one: then the address says which content stands behind it.</summary>
    static string AddressOf(IEnumerable<StaticAssetDescriptor> assets, string name) =>
        "/" + (assets.FirstOrDefault(asset => asset.Route != asset.AssetPath && asset.Properties.Any(property => property.Name == "label" && property.Value == name))?.Route ?? name);
}
