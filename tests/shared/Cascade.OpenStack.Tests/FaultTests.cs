using Cascade.OpenStack.Compute;
using Cascade.OpenStack.Faults;

namespace Cascade.OpenStack.Tests;

[TestFixture]
public sealed class FaultTests : CloudTest
{
    private const string NovaQuota = """{"forbidden": {"code": 403, "message": "Quota exceeded for instances: Requested 1, but already used 10 of 10 instances"}}""";
    private const string NeutronQuota = """{"NeutronError": {"type": "OverQuota", "message": "Quota exceeded for resources: ['port'].", "detail": ""}}""";
    private const string NeutronConflict = """{"NeutronError": {"type": "IpAddressInUse", "message": "IP address 10.0.0.3 already allocated", "detail": ""}}""";
    private const string Placement = """{"errors": [{"status": 409, "title": "Conflict", "detail": "generation conflict", "code": "placement.concurrent_update"}]}""";

    [TestCase(400, null, FaultKind.Invalid, TestName = "400: the words are wrong")]
    [TestCase(401, null, FaultKind.Forbidden, TestName = "401 that a new token does not cure")]
    [TestCase(403, null, FaultKind.Forbidden, TestName = "403: policy")]
    [TestCase(403, NovaQuota, FaultKind.OverQuota, TestName = "403 that speaks of quota: nova's TooManyInstances")]
    [TestCase(404, null, FaultKind.NotFound, TestName = "404")]
    [TestCase(405, null, FaultKind.Unsupported, TestName = "405: no such method")]
    [TestCase(406, null, FaultKind.Unsupported, TestName = "406: no such microversion")]
    [TestCase(409, null, FaultKind.Conflict, TestName = "409: another state")]
    [TestCase(409, NeutronQuota, FaultKind.OverQuota, TestName = "409 of type OverQuota: neutron")]
    [TestCase(409, NeutronConflict, FaultKind.Conflict, TestName = "409 of another type: neutron")]
    [TestCase(409, Placement, FaultKind.Conflict, TestName = "409 concurrent update: placement")]
    [TestCase(410, null, FaultKind.Unsupported, TestName = "410: an API that was taken out")]
    [TestCase(412, null, FaultKind.Conflict, TestName = "412: a precondition")]
    [TestCase(413, """{"overLimit": {"code": 413, "message": "Quota exceeded"}}""", FaultKind.OverQuota, TestName = "413 that speaks of quota")]
    [TestCase(413, "Request is too large.", FaultKind.Invalid, TestName = "413 of the body size limiter")]
    [TestCase(429, null, FaultKind.Unavailable, TestName = "429: too many requests")]
    [TestCase(500, null, FaultKind.Unavailable, TestName = "500")]
    [TestCase(501, null, FaultKind.Unsupported, TestName = "501: the driver cannot")]
    [TestCase(502, "<html><body><h1>502 Bad Gateway</h1></body></html>", FaultKind.Unavailable, TestName = "502 of a load balancer")]
    [TestCase(503, null, FaultKind.Unavailable, TestName = "503")]
    [TestCase(504, null, FaultKind.Unavailable, TestName = "504")]
    public async Task Every_status_is_one_of_seven_kinds(int status, string? body, FaultKind kind)
    {
        Fake.On("GET", "/servers/*").Fail(100, status, body);

        var fault = await FaultOfAsync(() => Cloud.Compute.Servers.GetAsync(Scope.Own, "x", Now));

        Assert.Multiple(() =>
        {
            Assert.That(fault.Kind, Is.EqualTo(kind));
            Assert.That(fault.Status, Is.EqualTo(status));
            Assert.That(fault.Service, Is.EqualTo("compute"));
            Assert.That(fault.Request, Is.EqualTo("GET /servers/x"));
            Assert.That(fault.RequestId, Does.StartWith("req-"));
            Assert.That(fault.WorthRetrying, Is.EqualTo(kind is FaultKind.Unavailable || fault.Code is CloudFault.PlacementConcurrentUpdate));
            Assert.That(fault.ResultUnknown, Is.False, "a GET changes nothing");
        });
    }

    [TestCase("""{"itemNotFound": {"code": 404, "message": "Instance x could not be found."}}""", "Instance x could not be found.", null, TestName = "nova")]
    [TestCase("""{"error": {"code": 401, "title": "Unauthorized", "message": "The request requires authentication."}}""", "The request requires authentication.", null, TestName = "keystone")]
    [TestCase("""{"NeutronError": {"type": "PortNotFound", "message": "Port y could not be found.", "detail": ""}}""", "Port y could not be found.", "PortNotFound", TestName = "neutron")]
    [TestCase("""{"NeutronError": "plain"}""", "plain", null, TestName = "neutron, old")]
    [TestCase("""{"errors": [{"status": 409, "title": "Conflict", "detail": "There was a conflict", "code": "placement.duplicate_name"}]}""", "There was a conflict", "placement.duplicate_name", TestName = "placement")]
    [TestCase("""{"message": "No image found with ID z<br /><br />\n\n", "code": "404 Not Found", "title": "Not Found"}""", "No image found with ID z", null, TestName = "webob JSON")]
    [TestCase("<html>\n <head>\n  <title>404 Not Found</title>\n </head>\n <body>\n  <h1>404 Not Found</h1>\n  No image found &amp; so on<br /><br />\n </body>\n</html>", "404 Not Found No image found & so on", null, TestName = "glance HTML")]
    [TestCase("""{"faultcode": "Client", "faultstring": "Invalid input"}""", "Invalid input", null, TestName = "WSME")]
    [TestCase("""{"error_message": "pecan says no"}""", "pecan says no", null, TestName = "pecan")]
    [TestCase("Authentication required", "Authentication required", null, TestName = "plain text")]
    [TestCase("", null, null, TestName = "nothing")]
    [TestCase("[1, 2]", null, null, TestName = "a list")]
    [TestCase("""{"a": 1 < 2 and so on""", """{"a": 1 < 2 and so on""", null, TestName = "half a body keeps its words")]
    public void The_message_is_the_clouds_own_whatever_shape_it_came_in(string body, string? message, string? code)
    {
        var read = FaultBody.Read(body);

        Assert.That((read.Message, read.Code), Is.EqualTo((message, code)));
    }

    [Test]
    public void A_message_without_end_is_cut() => Assert.That(FaultBody.Read(new string('x', 100_000)).Message, Has.Length.LessThan(2100));

    [TestCase("itemNotFound")]
    [TestCase("badRequest")]
    public async Task The_fault_carries_the_words_and_the_request_id_of_the_child(string name)
    {
        Fake.On("GET", "/flavors/*").Fail(100, 404, $$$"""{"{{{name}}}": {"code": 404, "message": "Flavor 7 could not be found."}}""");

        var fault = await FaultOfAsync(() => Cloud.Compute.Flavors.GetAsync(Scope.Own, "7", Now));

        Assert.That(fault.Message, Is.EqualTo("Flavor 7 could not be found."));
        Assert.That(fault.RequestId, Is.EqualTo(Fake.Matching("GET", "/flavors/7")[0].RequestId));
    }

    [Test]
    public async Task A_quota_of_the_child_is_over_quota()
    {
        Fake.Nova.MaxInstances = 0;

        var fault = await FaultOfAsync(() => Cloud.Compute.Servers.CreateAsync(
            Scope.Own, new ServerCreate { Name = "a", FlavorRef = "1", Networks = ServerNetworks.None }, Now));

        Assert.That((fault.Kind, fault.ResultUnknown), Is.EqualTo((FaultKind.OverQuota, false)));
    }

    [Test]
    public async Task A_cloud_that_is_not_there_is_unavailable_and_nothing_was_done()
    {
        var client = Client(Options with { AuthUrl = new Uri("http://127.0.0.1:1/v3"), Retry = new RetryOptions { MaxRetries = 0 } });

        var fault = await FaultOfAsync(() => client.Identity.TokenAsync(Scope.Own, Now));

        Assert.That((fault.Kind, fault.Status, fault.ResultUnknown, fault.WorthRetrying), Is.EqualTo((FaultKind.Unavailable, (int?)null, false, true)));
    }
}
