using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Network;

/// <summary>How a router shall get out. All of it is for administrators but the network.</summary>
/// <param name="NetworkId">An external one, else 400 (BadRequest).</param>
public sealed record ExternalGatewayRequest(string NetworkId)
{
    /// <summary>Says in an update that there shall be none.</summary>
    public static ExternalGatewayRequest None { get; } = new("");

    /// <summary>Null does not leave it as it is: it is the cloud's default then (<c>enable_snat_by_default</c>; db/l3_gwmode_db.py: _get_enable_snat).</summary>
    public bool? EnableSnat { get; init; }

    /// <summary>
    /// Not said: those that are there stay, and a new gateway gets one of each kind of subnet. Otherwise all of them, and those that are
    /// not named are let go (db/l3_db.py: _check_for_external_ip_change, _update_current_gw_port).
    /// </summary>
    public IReadOnlyList<FixedIp>? ExternalFixedIps { get; init; }

    /// <summary>Left as it is unless said; needs <see cref="Extension.QosGatewayIp"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Settable QosPolicyId { get; init; }
}
