using System.Text.Json.Serialization;
using Cascade.Contracts.Neutron.Notices;
using Cascade.Contracts.Neutron.Plugin;
using Cascade.Contracts.Neutron.Reports;
using Cascade.Contracts.Neutron.Trunks;

namespace Cascade.Contracts.Neutron;

/// <summary>How the arguments of every method are read and written: snake case, unknown arguments ignored as a newer parent may send more.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AddFdbEntries))]
[JsonSerializable(typeof(BindingActivate))]
[JsonSerializable(typeof(BindingDeactivate))]
[JsonSerializable(typeof(BulkPull))]
[JsonSerializable(typeof(CreateDhcpPort))]
[JsonSerializable(typeof(DvrMacAddressUpdate))]
[JsonSerializable(typeof(GetDevicesDetailsListAndFailedDevices))]
[JsonSerializable(typeof(GetDvrMacAddressByHost))]
[JsonSerializable(typeof(GetNetworkInfo))]
[JsonSerializable(typeof(GetNetworks))]
[JsonSerializable(typeof(GetPorts))]
[JsonSerializable(typeof(HasAliveNeutronServer))]
[JsonSerializable(typeof(NetworkDelete))]
[JsonSerializable(typeof(NetworkUpdate))]
[JsonSerializable(typeof(PortDelete))]
[JsonSerializable(typeof(PortUpdate))]
[JsonSerializable(typeof(Pull))]
[JsonSerializable(typeof(Push))]
[JsonSerializable(typeof(ReleaseDhcpPort))]
[JsonSerializable(typeof(RemoveFdbEntries))]
[JsonSerializable(typeof(ReportState))]
[JsonSerializable(typeof(SecurityGroupInfoForDevices))]
[JsonSerializable(typeof(SecurityGroupsMemberUpdated))]
[JsonSerializable(typeof(SecurityGroupsRuleUpdated))]
[JsonSerializable(typeof(TunnelDelete))]
[JsonSerializable(typeof(TunnelSync))]
[JsonSerializable(typeof(TunnelUpdate))]
[JsonSerializable(typeof(UpdateDeviceList))]
[JsonSerializable(typeof(UpdateFdbEntries))]
[JsonSerializable(typeof(UpdateSubportBindings))]
[JsonSerializable(typeof(UpdateTrunkStatus))]
public sealed partial class NeutronJson : JsonSerializerContext;
