using System.Net;

namespace Cascade.Agent.Tests.Running;

sealed class OpsClientTests
{
    [TestCase("0.0.0.0:8980", ExpectedResult = "127.0.0.1:8980")]
    [TestCase("[::]:8980", ExpectedResult = "[::1]:8980")]
    [TestCase("192.0.2.7:8980", ExpectedResult = "192.0.2.7:8980")]
    public string A_verb_asks_where_somebody_can_be_asked(string listen) => OpsClient.Callable(IPEndPoint.Parse(listen)).ToString();
}
