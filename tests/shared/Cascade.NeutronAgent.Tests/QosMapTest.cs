using Cascade.Contracts.Neutron.Objects;
using Cascade.NeutronAgent.Looking;
using Cascade.NeutronAgent.Qos;
using Cascade.OpenStack.Network;

namespace Cascade.NeutronAgent.Tests;

sealed class QosMapTest
{
    static readonly string[] All = ["bandwidth_limit", "dscp_marking", "minimum_bandwidth", "packet_rate_limit", "minimum_packet_rate"];

    [Test]
    public void Every_type_of_rule_is_taken_over()
    {
        var wanted = QosMap.Wanted(
            Policy(
                new("1", "bandwidth_limit", []) { MaxKbps = 10, MaxBurstKbps = 1 },
                new("2", "dscp_marking", []) { DscpMark = 26 },
                new("3", "minimum_bandwidth", []) { MinKbps = 5, Direction = "ingress" },
                new("4", "packet_rate_limit", []) { MaxKpps = 7, MaxBurstKpps = 8, Direction = "egress" },
                new("5", "minimum_packet_rate", []) { MinKpps = 9, Direction = "any" }),
            All);

        Assert.That(wanted.Rules.Select(rule => rule.Body), Is.EqualTo(new QosRuleRequest[]
        {
            new() { MaxKbps = 10, MaxBurstKbps = 1, Direction = "egress" },
            new() { DscpMark = 26 },
            new() { MinKbps = 5, Direction = "ingress" },
            new() { MaxKpps = 7, MaxBurstKpps = 8, Direction = "egress" },
            new() { MinKpps = 9, Direction = "any" },
        }));
        Assert.That((wanted.ParentId, wanted.Name), Is.EqualTo(("q", "gold")));
    }

    [Test]
    public void A_type_that_the_child_cannot_do_is_refused_by_name() => Assert.That(
        () => QosMap.Wanted(Policy(new NeutronQosRule("1", "packet_rate_limit", []) { MaxKpps = 7 }), ["bandwidth_limit"]),
        Throws.TypeOf<RefusedException>().With.Message.Contains("packet_rate_limit"));

    static IEnumerable<TestCaseData> Differences()
    {
        yield return Of("as it is", [Limit("egress", 10)], [Seen("1", "bandwidth_limit", "egress", 10)], "");
        yield return Of("a rule that is missing", [Limit("egress", 10)], [], "+egress");
        yield return Of("another value is a change of the same rule", [Limit("egress", 10)], [Seen("1", "bandwidth_limit", "egress", 9)], "~1");
        yield return Of("another direction is another rule", [Limit("egress", 10)], [Seen("1", "bandwidth_limit", "ingress", 10)], "+egress -1");
        yield return Of("a rule too much", [], [Seen("1", "bandwidth_limit", "egress", 10)], "-1");
        yield return Of("a type too much", [Limit("egress", 10)], [Seen("1", "bandwidth_limit", "egress", 10), Seen("2", "dscp_marking", null, null)], "-2");
    }

    [TestCaseSource(nameof(Differences))]
    public string Rules_are_the_same_by_type_and_direction(NeutronQosRule[] parent, QosRule[] seen)
    {
        var difference = QosMap.Difference(seen, QosMap.Wanted(Policy(parent), All));
        Assert.That(difference.IsNone, Is.EqualTo(difference.Missing.Count + difference.Changed.Count + difference.Surplus.Count == 0));
        return string.Join(' ', difference.Missing.Select(rule => "+" + rule.Body.Direction)
            .Concat(difference.Changed.Select(change => "~" + change.Seen.Id))
            .Concat(difference.Surplus.Select(rule => "-" + rule.Id)));
    }

    static TestCaseData Of(string reason, NeutronQosRule[] parent, QosRule[] seen, string difference) => new TestCaseData(parent, seen).Returns(difference).SetName(reason);

    static NeutronQosRule Limit(string direction, int kbps) => new("p", "bandwidth_limit", []) { Direction = direction, MaxKbps = kbps };

    static QosRule Seen(string id, string type, string? direction, int? kbps) => new() { Id = id, Type = type, Direction = direction, MaxKbps = kbps };

    static NeutronQosPolicy Policy(params NeutronQosRule[] rules) => new("q", []) { Name = "gold", Rules = rules };
}
