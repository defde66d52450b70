using System.Formats.Cbor;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Ronghe.Organisation.People;

namespace Ronghe.Tests.Organisation.Accounts;

/// <summary>An authenticator in software that holds one passkey (ES256), and can be told to misbehave.</summary>
sealed class SoftKey
{
    const byte Present = 0x01, Verified = 0x04, Attested = 0x40;

    readonly Held _held = new();

    public SoftKey() { }

    SoftKey(SoftKey same) => _held = same._held;

    public string Origin { get; init; } = "http://localhost";
    public string Host { get; init; } = "localhost";
    public bool Verifies { get; init; } = true;

    /// <summary>The same passkey in an authenticator that lies about one thing.</summary>
    public SoftKey Bad(string origin = "http://localhost", string host = "localhost", bool verifies = true) => new(this) { Origin = origin, Host = host, Verifies = verifies };

    public string Create(JsonElement options)
    {
        _held.User = options.GetProperty("user").GetProperty("id").GetString()!;
        var client = ClientData("webauthn.create", options);
        var data = new MemoryStream();
        data.Write(Head(Attested));
        data.Write(new byte[16]);
        data.Write([0, (byte)_held.Id.Length]);
        data.Write(_held.Id);
        data.Write(PublicKey());
        var cbor = new CborWriter(CborConformanceMode.Ctap2Canonical);
        cbor.WriteStartMap(3);
        cbor.WriteTextString("fmt");
        cbor.WriteTextString("none");
        cbor.WriteTextString("attStmt");
        cbor.WriteStartMap(0);
        cbor.WriteEndMap();
        cbor.WriteTextString("authData");
        cbor.WriteByteString(data.ToArray());
        cbor.WriteEndMap();
        return Written(new { clientDataJSON = Text(client), attestationObject = Text(cbor.Encode()), transports = new[] { "internal" } });
    }

    public string Show(JsonElement options)
    {
        var (client, head) = (ClientData("webauthn.get", options), Head(0));
        var signature = _held.Key.SignData([.. head, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Written(new { clientDataJSON = Text(client), authenticatorData = Text(head), signature = Text(signature), userHandle = _held.User });
    }

    byte[] ClientData(string type, JsonElement options) =>
        JsonSerializer.SerializeToUtf8Bytes(new { type, challenge = options.GetProperty("challenge").GetString(), origin = Origin, crossOrigin = false });

    byte[] Head(byte flags)
    {
        _held.Count++;
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(Host)), (byte)(flags | Present | (Verifies ? Verified : 0)), 0, 0, 0, (byte)_held.Count];
    }

    byte[] PublicKey()
    {
        var point = _held.Key.ExportParameters(false).Q;
        var cose = new CborWriter(CborConformanceMode.Ctap2Canonical);
        cose.WriteStartMap(5);
        foreach (var (key, value) in new (int, object)[] { (1, 2), (3, -7), (-1, 1), (-2, point.X!), (-3, point.Y!) })
        {
            cose.WriteInt32(key);
            if (value is int number) cose.WriteInt32(number);
            else cose.WriteByteString((byte[])value);
        }
        cose.WriteEndMap();
        return cose.Encode();
    }

    string Written(object response) => JsonSerializer.Serialize(new { id = Text(_held.Id), rawId = Text(_held.Id), type = "public-key", clientExtensionResults = new { }, authenticatorAttachment = "platform", response });

    sealed class Held
    {
        public readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        public readonly byte[] Id = RandomNumberGenerator.GetBytes(16);
        public string User = "";
        public uint Count;
    }

    static string Text(byte[] bytes) => WebEncoders.Base64UrlEncode(bytes);
}

/// <summary>What the script of the page does: asks, lets the authenticator answer, sends the form.</summary>
static class PasskeyRounds
{
    public static async Task<(Guid Challenge, JsonElement Options)> AskPasskeyAsync(this Visitor visitor, string page, string handler = "Passkey")
    {
        var answer = await SendAsync(visitor, page, handler + "Ask", []);
        var ask = await answer.JsonAsync();
        return (ask.GetProperty("challenge").GetGuid(), ask.GetProperty("options"));
    }

    public static Task<HttpResponseMessage> AnswerPasskeyAsync(this Visitor visitor, string page, Guid challenge, string credential, string handler = "Passkey") =>
        SendAsync(visitor, page, handler, [new("challenge", challenge.ToString()), new("credential", credential), new("Title", "我的手机")]);

    public static async Task<HttpResponseMessage> UsePasskeyAsync(this Visitor visitor, string page, SoftKey key)
    {
        var (challenge, options) = await visitor.AskPasskeyAsync(page);
        return await visitor.AnswerPasskeyAsync(page, challenge, key.Show(options));
    }

    /// <summary>Adds a passkey as a person does.</summary>
    public static async Task<(SoftKey Key, string[] Codes)> AddPasskeyAsync(this TestApp app, Person person, SoftKey? key = null)
    {
        key ??= new();
        await app.SetPasswordAsync(person, TwoSteps.Password);
        var visitor = await app.SignInAs(person);
        var (challenge, options) = await visitor.AskPasskeyAsync("/me/passkeys", "Add");
        var answer = await visitor.AnswerPasskeyAsync("/me/passkeys", challenge, key.Create(options), "Add");
        Assert.True((int)answer.StatusCode is 200 or 302, await answer.TextAsync());
        return (key, [.. (await answer.PageAsync()).QuerySelectorAll(".codes code").Select(code => code.TextContent)]);
    }

    static async Task<HttpResponseMessage> SendAsync(Visitor visitor, string page, string handler, KeyValuePair<string, string>[] fields)
    {
        var token = await visitor.TokenAsync(page);
        var request = new HttpRequestMessage(HttpMethod.Post, page + "?handler=" + handler) { Content = new FormUrlEncodedContent([.. fields, new("__RequestVerificationToken", token)]) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*"));
        request.Headers.Add("Origin", "http://localhost");
        return await visitor.SendAsync(request);
    }
}
