/*
 * Pieces of NIST SP 1500-100 reports, and one report of a program that writes
 * in another order.  All of it invented.
 */
#ifndef TESTS_NIST_SAMPLE_H
#define TESTS_NIST_SAMPLE_H

#define T(name)		"\"@type\":\"ElectionResults." name "\""
#define TEXT(s)		"{" T("InternationalizedText") ",\"Text\":[{" \
	T("LanguageString") ",\"Content\":\"" s "\",\"Language\":\"en\"}]}"
#define HEAD		T("ElectionReport") ",\"Format\":\"precinct-level\"," \
	"\"GeneratedDate\":\"2030-01-02T00:00:00Z\",\"Issuer\":\"Lind\"," \
	"\"IssuerAbbreviation\":\"L\",\"SequenceStart\":1,\"SequenceEnd\":1," \
	"\"Status\":\"certified\",\"VendorApplicationId\":\"x\""
#define VOTES(unit, type, n)	"{" T("VoteCounts") ",\"GpUnitId\":\"" unit \
	"\",\"Type\":\"" type "\",\"Count\":" n "}"
#define UNIT(id, type, name, more)	"{" T("ReportingUnit") ",\"@id\":\"" \
	id "\",\"Type\":\"" type "\",\"Name\":" TEXT(name) more "}"
#define ELECTION	"\"ElectionScopeId\":\"s\",\"StartDate\":" \
	"\"2030-01-01\",\"EndDate\":\"2030-01-01\",\"Type\":\"general\"," \
	"\"Name\":" TEXT("General")
#define CANDIDATE(id, name)	"{\"@id\":\"" id "\"," T("Candidate") \
	",\"BallotName\":" TEXT(name) "}"

/* Elections before units, numbers before names, a congressional district across
   the counties, totals above; "c2" has no votes of its own.  Of choices that a
   precinct does not name, its ballots tell that they have no votes there. */
#define ORDERED(bob2, sum) \
    "\xef\xbb\xbf{\n" \
    "\"Election\":[{\"Contest\":[\n" \
    "{\"ContestSelection\":[\n" \
    "{\"VoteCounts\":[\n" \
    VOTES("p1", "total", "10") ",\n" VOTES("p2", "total", "20") ",\n" \
    VOTES("p3", "total", "5.0") ",\n" VOTES("c1", "total", "30") ",\n" \
    VOTES("d", "total", "15") ",\n" VOTES("s", "total", sum) "],\n" \
    "\"CandidateIds\":[\"a\",\"v\"],\"@id\":\"x1\"," \
    T("CandidateSelection") "},\n" \
    "{\"VoteCounts\":[" VOTES("p1", "total", "1") ",\n" bob2 "],\n" \
    "\"CandidateIds\":[\"b\"],\"@id\":\"x2\"," T("CandidateSelection") \
    "},\n" \
    "{" T("BallotMeasureSelection") ",\"@id\":\"x3\",\"Selection\":" \
    TEXT("None of these") ",\"VoteCounts\":[" VOTES("p1", "total", "2") \
    "]}],\n" \
    "\"OtherCounts\":[{" T("OtherCounts") ",\"GpUnitId\":\"p1\"," \
    "\"Undervotes\":1},{" T("OtherCounts") ",\"GpUnitId\":\"p2\"," \
    "\"Undervotes\":0},{" T("OtherCounts") ",\"GpUnitId\":\"p3\"," \
    "\"Undervotes\":2}],\n" \
    "\"VotesAllowed\":1,\"Name\":\"President\",\"ElectionDistrictId\":\"s\"," \
    T("CandidateContest") ",\"@id\":\"k\"},\n" \
    "{\"@id\":\"m\"," T("BallotMeasureContest") ",\"Name\":\"A tax\"," \
    "\"ElectionDistrictId\":\"s\",\"ContestSelection\":[{\"@id\":\"m1\"," \
    T("BallotMeasureSelection") ",\"Selection\":" TEXT("Yes") "," \
    "\"VoteCounts\":[" VOTES("p1", "total", "3") "]}]}],\n" \
    "\"BallotCounts\":[\n{" T("BallotCounts") ",\"BallotsCast\":14," \
    "\"GpUnitId\":\"p1\",\"Type\":\"total\",\"BallotsRejected\":0},\n{" \
    T("BallotCounts") ",\"BallotsCast\":20,\"GpUnitId\":\"p2\"," \
    "\"Type\":\"total\"},\n{" T("BallotCounts") ",\"BallotsCast\":10," \
    "\"GpUnitId\":\"p3\",\"Type\":\"total\"},\n{" T("BallotCounts") "," \
    "\"BallotsCast\":44,\"GpUnitId\":\"s\",\"Type\":\"total\"}],\n" \
    "\"Candidate\":[" CANDIDATE("a", "Ann") "," CANDIDATE("b", "Bob") "," \
    CANDIDATE("v", "Vic") "],\n" T("Election") "," ELECTION "}],\n" \
    "\"GpUnit\":[\n" \
    UNIT("p1", "precinct", "1", ",\"VotersRegistered\":100") ",\n" \
    UNIT("d", "congressional", "D", ",\"ComposingGpUnitIds\":[\"p1\"," \
    "\"p3\"]") ",\n" \
    UNIT("c1", "county", "North", ",\"ComposingGpUnitIds\":[\"p1\"," \
    "\"p2\"]") ",\n" \
    UNIT("s", "state", "Lind", ",\"ComposingGpUnitIds\":[\"c1\"," \
    "\"c2\",\"d\"],\"VotersRegistered\":999") ",\n" \
    UNIT("c2", "county", "South", ",\"ComposingGpUnitIds\":[\"p3\"," \
    "\"p4\"]") ",\n" \
    UNIT("p2", "precinct", "2", ",\"VotersRegistered\":50") ",\n" \
    UNIT("p3", "precinct", "3", ",\"VotersRegistered\":20") ",\n" \
    UNIT("p4", "precinct", "4", "") "],\n" \
    HEAD ",\"Unknown\":[{\"x\":[1,2]}]}\n"

/* A small report, in which one thing at a time is wrong. */
#define SMALL \
    "{" HEAD ",\n" \
    "\"GpUnit\":[\n" \
    UNIT("s", "country", "Lind", ",\"ComposingGpUnitIds\":[\"p\",\"q\"]") ",\n" \
    UNIT("p", "precinct", "One", ",\"VotersRegistered\":100") ",\n" \
    UNIT("q", "precinct", "Two", ",\"VotersRegistered\":100") "],\n" \
    "\"Election\":[{" T("Election") "," ELECTION ",\n" \
    "\"Candidate\":[" CANDIDATE("a", "Ann") ",\n" \
    CANDIDATE("b", "Bob") "],\n" \
    "\"BallotCounts\":[\n" \
    "{" T("BallotCounts") ",\"GpUnitId\":\"p\",\"Type\":\"total\"," \
    "\"BallotsCast\":61},\n" \
    "{" T("BallotCounts") ",\"GpUnitId\":\"q\",\"Type\":\"total\"," \
    "\"BallotsCast\":62}],\n" \
    "\"Contest\":[{" T("CandidateContest") ",\"@id\":\"k\",\"Name\":\"Pres\"," \
    "\"ElectionDistrictId\":\"s\",\"VotesAllowed\":1,\"ContestSelection\":[\n" \
    "{" T("CandidateSelection") ",\"@id\":\"x\",\"CandidateIds\":[\"a\"]," \
    "\"VoteCounts\":[\n" \
    VOTES("p", "total", "31") ",\n" \
    VOTES("q", "total", "32") "]},\n" \
    "{" T("CandidateSelection") ",\"@id\":\"y\",\"CandidateIds\":[\"b\"]," \
    "\"VoteCounts\":[\n" \
    VOTES("p", "total", "30") ",\n" \
    VOTES("q", "total", "30") "]}]}]}]}\n"

#endif
