-- Names that only hold those of the indicators.
CREATE TABLE ZICCLOUDSYNCINGOBJECT (Z_PK INTEGER PRIMARY KEY, ZTITLE1 VARCHAR, ZURLSTRING VARCHAR, ZFILENAME VARCHAR);
INSERT INTO ZICCLOUDSYNCINGOBJECT VALUES (1, 'about first.example.org', 'https://notfirst.example/', 'my implant.pdf');
