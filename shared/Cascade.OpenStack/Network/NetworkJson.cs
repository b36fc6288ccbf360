using System.Text.Json.Serialization;
using Cascade.OpenStack.Json;

namespace Cascade.OpenStack.Network;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(AddressGroup))]
[JsonSerializable(typeof(AddressGroupCreate))]
[JsonSerializable(typeof(AddressGroupUpdate))]
[JsonSerializable(typeof(AddressList))]
[JsonSerializable(typeof(AutoAllocatedTopology))]
[JsonSerializable(typeof(Extension))]
[JsonSerializable(typeof(FloatingIp))]
[JsonSerializable(typeof(NetworkAgent))]
[JsonSerializable(typeof(NetworkAgentUpdate))]
[JsonSerializable(typeof(NetworkCreate))]
[JsonSerializable(typeof(NetworkInfo))]
[JsonSerializable(typeof(NetworkUpdate))]
[JsonSerializable(typeof(Port))]
[JsonSerializable(typeof(PortBinding))]
[JsonSerializable(typeof(PortBindingCreate))]
[JsonSerializable(typeof(PortCreate))]
[JsonSerializable(typeof(PortUpdate))]
[JsonSerializable(typeof(QosPolicy))]
[JsonSerializable(typeof(QosPolicyCreate))]
[JsonSerializable(typeof(QosPolicyUpdate))]
[JsonSerializable(typeof(QosRule))]
[JsonSerializable(typeof(QosRuleRequest))]
[JsonSerializable(typeof(Quota))]
[JsonSerializable(typeof(RbacPolicy))]
[JsonSerializable(typeof(RbacPolicyCreate))]
[JsonSerializable(typeof(RbacPolicyUpdate))]
[JsonSerializable(typeof(RuleTypeName))]
[JsonSerializable(typeof(SecurityGroup))]
[JsonSerializable(typeof(SecurityGroupCreate))]
[JsonSerializable(typeof(SecurityGroupRule))]
[JsonSerializable(typeof(SecurityGroupRuleCreate))]
[JsonSerializable(typeof(SecurityGroupUpdate))]
[JsonSerializable(typeof(SubPortList))]
[JsonSerializable(typeof(Subnet))]
[JsonSerializable(typeof(SubnetCreate))]
[JsonSerializable(typeof(SubnetUpdate))]
[JsonSerializable(typeof(TagNames))]
[JsonSerializable(typeof(Trunk))]
[JsonSerializable(typeof(TrunkCreate))]
[JsonSerializable(typeof(TrunkUpdate))]
internal sealed partial class NetworkJson : JsonSerializerContext;
