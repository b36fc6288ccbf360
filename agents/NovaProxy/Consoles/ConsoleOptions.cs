using Cascade.Oslo.Config;

namespace Cascade.NovaProxy.Consoles;

/// <summary>
/// Where a tenant's browser reaches the child's consoles, in nova's own words (nova/conf/vnc.py, spice.py, serial_console.py, mks.py): what stands before the
/// question mark. Not set, it is what the child says.
/// </summary>
internal sealed record ConsoleOptions
{
    public Uri? NoVnc { get; init; }

    public Uri? SpiceHtml5 { get; init; }

    public Uri? SpiceDirect { get; init; }

    public Uri? Serial { get; init; }

    public Uri? Mks { get; init; }

    public static ConsoleOptions Read(OptionReader reader) => new()
    {
        NoVnc = Address(reader, "vnc", "novncproxy_base_url", "noVNC", "https://console.example.org/az-east/vnc_auto.html"),
        SpiceHtml5 = Address(reader, "spice", "html5proxy_base_url", "SPICE", "https://console.example.org/az-east/spice_auto.html"),
        SpiceDirect = Address(reader, "spice", "spice_direct_proxy_base_url", "direct SPICE", "https://console.example.org/az-east/consoleproxy/vnc_auto.html"),
        Serial = Address(reader, "serial_console", "base_url", "serial", "wss://console.example.org/az-east/serial/"),
        Mks = Address(reader, "mks", "mksproxy_base_url", "MKS", "https://console.example.org/az-east/mks"),
    };

    /// <summary>The base for this type, null for the child's own.</summary>
    public Uri? Of(string consoleType) => consoleType switch
    {
        "novnc" => NoVnc,
        "spice-html5" => SpiceHtml5,
        "spice-direct" => SpiceDirect,
        "serial" => Serial,
        "webmks" => Mks,
        _ => null,
    };

    static Uri? Address(OptionReader reader, string group, string name, string what, string sample)
    {
        var text = reader.Group(group).Text(
            name, null, $"Where browsers reach the {what} consoles of the child: what stands before the question mark. Not set: what the child says.", new() { Sample = sample });
        if (text is null)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" or "ws" or "wss")
        {
            return address;
        }

        reader.Fault($"[{group}] {name} is no http, https, ws or wss address");
        return null;
    }
}
