using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.Notices;

/// <summary>neutron/api/rpc/handlers/dvr_rpc.py: DVRAgentRpcApiMixin.dvr_mac_address_update.</summary>
/// <param name="DvrMacs"><c>{host, mac_address}</c> each, of all hosts.</param>
public sealed record DvrMacAddressUpdate(JsonArray? DvrMacs) : IRpcCall<DvrMacAddressUpdate>
{
    public static RpcName Name => new("dvr_mac_address_update", new(1, 0));

    public static JsonTypeInfo<DvrMacAddressUpdate> Wire => NeutronJson.Default.DvrMacAddressUpdate;
}
